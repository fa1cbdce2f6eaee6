import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RefreshWhile } from '@/components/ui/connection/refresh-while';
import { EmptyState } from '@/components/ui/empty-state';
import { Tabs } from '@/components/ui/tabs';
import { DeliveryDialog } from '@/components/webhooks/delivery-dialog';
import { DeliveryTable } from '@/components/webhooks/delivery-table';
import { stateLabel } from '@/components/webhooks/state-badge';
import type { Scope } from '@/lib/platform/scope';
import { getDelivery, listDeliveries } from '@/lib/webhooks/deliveries';
import { DELIVERY_STATES, isToldOfRows, type WebhookEndpointView } from '@/lib/webhooks/rules';
import { replay } from '../_actions';
import { deliveryHref, type DeliverySearch } from './delivery-search';

interface DeliveriesProps {
  scope: Scope;
  endpoint: WebhookEndpointView;
  search: DeliverySearch;
}

/** The delivery log of an endpoint, with the delivery that the URL opens. */
export async function Deliveries({ scope, endpoint, search }: DeliveriesProps) {
  const endpointId = endpoint.id;
  const isCallback = endpoint.callback !== null;
  const { delivery, ...page } = search;
  const found = await listDeliveries(scope, endpointId, page);
  if (!found.ok) return null;
  const { items, nextCursor } = found.value;
  const hrefOf = (more: DeliverySearch) => deliveryHref(endpointId, more);
  const ofCallback = isToldOfRows(endpoint.callback)
    ? 'This one is sent for each address of the list.'
    : 'This one is sent when the list is done.';
  const open = delivery === undefined ? null : await getDelivery(scope, { endpointId, id: delivery });
  return (
    <section className="mt-10">
      <h2 className="mb-3 text-section font-semibold tracking-tight">Deliveries</h2>
      <Tabs
        label="Deliveries by state"
        items={[
          { href: hrefOf({}), label: 'All', isCurrent: page.state === undefined },
          ...DELIVERY_STATES.map((state) => ({
            href: hrefOf({ state }),
            label: stateLabel(state),
            isCurrent: page.state === state,
          })),
        ]}
      />
      <Card padded={false} className="mt-4">
        {items.length > 0 ? (
          <DeliveryTable deliveries={items} hrefOf={(id) => hrefOf({ ...page, delivery: id })} />
        ) : (
          <EmptyState
            title={page.state === undefined ? 'Nothing was sent yet' : 'None of these'}
            description={`Deliveries are kept for 30 days. ${isCallback ? ofCallback : 'Send a test above to see one.'}`}
          />
        )}
      </Card>
      <nav aria-label="Pages" className="mt-4 flex justify-between">
        <span>{page.cursor !== undefined && <PageLink label="Newest" href={hrefOf({ state: page.state })} />}</span>
        {nextCursor !== null && <PageLink label="Older" href={hrefOf({ ...page, cursor: nextCursor })} />}
      </nav>
      {open?.ok === true && (
        <DeliveryDialog
          delivery={isCallback ? { ...open.value, body: null } : open.value}
          isEndpointOn={endpoint.state === 'enabled'}
          closeHref={hrefOf(page)}
          endpointId={endpointId}
          replay={replay}
        />
      )}
      <RefreshWhile isOn={items.some(({ state }) => state === 'pending')} />
    </section>
  );
}

const PageLink = ({ label, href }: { label: string; href: string }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={href}>{label}</Link>
  </Button>
);
