import { Webhook } from 'lucide-react';
import type { Metadata } from 'next';
import { CreateEndpointDialog } from '@/components/webhooks/create-endpoint-dialog';
import { EndpointTable } from '@/components/webhooks/endpoint-table';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import { EMITTED_EVENT_TYPES, EVENT_COPY } from '@/lib/webhooks/rules';
import { listEndpoints } from '@/lib/webhooks/endpoints';
import { addEndpoint } from './_actions';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const { scope } = await requireSession();
  const endpoints = await listEndpoints(scope);
  // Always in the same place of the tree: the first endpoint makes the page change around the dialog that shows its secret.
  const create = <CreateEndpointDialog action={addEndpoint} />;
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="We notify your program of what happens here, with signed requests to your URL."
        actions={create}
      />
      <Card padded={false}>
        {endpoints.length > 0 ? (
          <EndpointTable endpoints={endpoints} />
        ) : (
          <EmptyState
            icon={<Webhook aria-hidden="true" />}
            title="No endpoints yet"
            description="Add one above and choose its events. What can’t be delivered is retried for two days."
          />
        )}
      </Card>
      <section className="mt-8">
        <h2 className="mb-3 text-body font-semibold">Events</h2>
        <dl className="grid gap-x-8 gap-y-2 text-table sm:grid-cols-[max-content_1fr]">
          {EMITTED_EVENT_TYPES.map((type) => (
            <div key={type} className="contents">
              <dt className="font-mono">{type}</dt>
              <dd className="text-muted">{EVENT_COPY[type]}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
