import { Webhook } from 'lucide-react';
import type { Metadata } from 'next';
import { CreateEndpointDialog } from '@/components/webhooks/create-endpoint-dialog';
import { EventList } from '@/components/webhooks/event-list';
import { EndpointTable } from '@/components/webhooks/endpoint-table';
import { CallbackTable } from '@/components/webhooks/callback-table';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import { listCallbacks, listEndpoints } from '@/lib/webhooks/endpoints';
import { addEndpoint } from './_actions';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const { scope } = await requireSession();
  const [endpoints, callbacks] = await Promise.all([listEndpoints(scope), listCallbacks(scope)]);
  // Always at the same place in the tree: the first endpoint changes the page around the dialog that is showing its secret.
  const create = <CreateEndpointDialog action={addEndpoint} />;
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Signed requests to your URL when a list is done, a check gets its verdict or credits run low."
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
      {callbacks.length > 0 && (
        <section className="mt-10">
          <h2 className="text-section font-semibold tracking-tight">Callbacks</h2>
          <p className="mt-1 mb-4 max-w-2xl text-body text-muted">
            URLs that were given with a single list, through an API in another service’s format. Each gets one notification about
            that list, in the same format.
          </p>
          <Card padded={false}>
            <CallbackTable callbacks={callbacks} />
          </Card>
        </section>
      )}
      <EventList />
    </>
  );
}
