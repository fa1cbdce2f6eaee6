import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { EndpointButtons } from '@/components/webhooks/endpoint-buttons';
import { EndpointNotice } from '@/components/webhooks/endpoint-notice';
import { EndpointSettings } from '@/components/webhooks/endpoint-settings';
import { SendTest } from '@/components/webhooks/send-test';
import { SigningCard } from '@/components/webhooks/signing-card';
import { StateBadge } from '@/components/webhooks/state-badge';
import { BreakableName } from '@/components/ui/breakable-name';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import { getEndpoint } from '@/lib/webhooks/endpoints';
import { CALLBACK_SERVICE_NAMES } from '@/lib/webhooks/rules';
import { makeNewSecret, removeEndpoint, saveEndpoint, sendTest, setEnabled } from '../_actions';
import { parseDeliverySearch } from './delivery-search';
import { Deliveries } from './deliveries';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Read once, for both the page and its title. */
const find = cache(async (id: string) => {
  const { scope } = await requireSession();
  return { scope, found: await getEndpoint(scope, id) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { found } = await find((await params).id);
  return { title: found.ok ? new URL(found.value.url).host : 'Webhook endpoint' };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { scope, found } = await find(id);
  if (!found.ok) notFound();
  const endpoint = found.value;
  const isOn = endpoint.state === 'enabled';
  const breadcrumb = <Breadcrumb parent={{ href: '/webhooks', label: 'Webhooks' }} here={new URL(endpoint.url).host} isMono />;
  const title = <BreakableName name={endpoint.url} className="text-section" />;
  const deliveries = <Deliveries scope={scope} endpoint={endpoint} search={parseDeliverySearch(await searchParams)} />;
  const { callback } = endpoint;
  if (callback !== null) {
    return (
      <>
        {breadcrumb}
        <PageHeader
          title={title}
          description={
            <>
              A callback in {CALLBACK_SERVICE_NAMES[callback.service]}’s format, for{' '}
              <Link href={`/lists/${callback.listId}`} className="underline">
                one list
              </Link>
              . It is not signed, as that service’s is not.
            </>
          }
        />
        {endpoint.disabledReason !== null && endpoint.disabledReason !== 'by_owner' && <EndpointNotice endpoint={endpoint} />}
        {deliveries}
      </>
    );
  }
  return (
    <>
      {breadcrumb}
      <PageHeader
        title={title}
        description={
          <span className="flex flex-wrap items-center gap-2">
            <StateBadge state={endpoint.state} />
            {endpoint.description}
          </span>
        }
        actions={<EndpointButtons id={id} isOn={isOn} setEnabled={setEnabled} remove={removeEndpoint} />}
      />
      <EndpointNotice endpoint={endpoint} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <EndpointSettings endpoint={endpoint} save={saveEndpoint} />
        <div className="flex min-w-0 flex-col gap-6">
          <SendTest id={id} isOn={isOn} firstEvent={endpoint.eventTypes[0]} test={sendTest} />
          <SigningCard id={id} oldSecretEndsAt={endpoint.oldSecretEndsAt} rotate={makeNewSecret} />
        </div>
      </div>
      {deliveries}
    </>
  );
}
