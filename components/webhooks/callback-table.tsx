import Link from 'next/link';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { CALLBACK_SERVICE_NAMES, type WebhookEndpointView } from '@/lib/webhooks/rules';
import { LastDelivery } from './endpoint-table';

/** URLs that are notified about a single list. Their deliveries are on their pages, as for endpoints. */
export function CallbackTable({ callbacks }: { callbacks: readonly WebhookEndpointView[] }) {
  return (
    <Table label="Callbacks">
      <thead>
        <tr>
          <Th>URL</Th>
          <Th className="hidden sm:table-cell">Format</Th>
          <Th className="hidden md:table-cell">List</Th>
          <Th>Last delivery</Th>
        </tr>
      </thead>
      <tbody>
        {callbacks.map((endpoint) => (
          <CallbackRow key={endpoint.id} endpoint={endpoint} />
        ))}
      </tbody>
    </Table>
  );
}

function CallbackRow({ endpoint }: { endpoint: WebhookEndpointView }) {
  const { id, url, callback } = endpoint;
  if (callback === null) return null;
  return (
    <Tr>
      <Td className="max-w-40 sm:max-w-72">
        <Link href={`/webhooks/${id}`} className="block truncate font-mono hover:underline" title={url}>
          {url}
        </Link>
        <span className="block text-muted sm:hidden">{CALLBACK_SERVICE_NAMES[callback.service]}</span>
      </Td>
      <Td className="hidden sm:table-cell">{CALLBACK_SERVICE_NAMES[callback.service]}</Td>
      <Td className="hidden md:table-cell">
        <Link href={`/lists/${callback.listId}`} className="font-mono text-muted hover:underline">
          {callback.listId}
        </Link>
      </Td>
      <Td className="text-muted">
        <LastDelivery endpoint={endpoint} />
      </Td>
    </Tr>
  );
}
