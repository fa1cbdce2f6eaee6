import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { WebhookEndpointView } from '@/lib/webhooks/rules';
import { outcomeWords } from './delivery-words';
import { StateBadge } from './state-badge';

export function EndpointTable({ endpoints }: { endpoints: readonly WebhookEndpointView[] }) {
  return (
    <Table label="Webhook endpoints">
      <thead>
        <tr>
          <Th>Endpoint</Th>
          <Th>State</Th>
          <Th className="hidden md:table-cell">Events</Th>
          <Th className="hidden sm:table-cell">Last delivery</Th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <Tr key={endpoint.id}>
            <Td className="max-w-56 sm:max-w-72">
              <Link href={`/webhooks/${endpoint.id}`} className="block truncate font-mono hover:underline" title={endpoint.url}>
                {endpoint.url}
              </Link>
              {endpoint.description !== '' && <span className="block truncate text-muted">{endpoint.description}</span>}
            </Td>
            <Td>
              <StateBadge state={endpoint.state} />
            </Td>
            <Td className="hidden text-muted md:table-cell">{endpoint.eventTypes.join(', ')}</Td>
            <Td className="hidden text-muted sm:table-cell">
              <LastDelivery endpoint={endpoint} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

export function LastDelivery({ endpoint: { lastDelivery } }: { endpoint: WebhookEndpointView }) {
  if (lastDelivery === null) return <>Nothing yet</>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <StateBadge state={lastDelivery.state} />
      <span>
        {lastDelivery.state !== 'delivered' && `${outcomeWords(lastDelivery).replace(/\.$/, '')} · `}
        <RelativeTime iso={lastDelivery.at} />
      </span>
    </span>
  );
}
