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
      {callbacks.length > 0 && (
        <section className="mt-10">
          <h2 className="text-body font-semibold">Callbacks</h2>
          <p className="mb-4 text-muted">
            Addresses that calls in another service’s form named for one list. Each is told of that list alone, in that service’s
            form.
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
