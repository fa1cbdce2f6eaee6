import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { WebhookDeliveryView } from '@/lib/webhooks/rules';
import { outcomeWords } from './delivery-words';
import { StateBadge } from './state-badge';

interface DeliveryTableProps {
  deliveries: readonly WebhookDeliveryView[];
  /** The page's URL with this delivery open. */
  hrefOf: (id: string) => string;
}

export function DeliveryTable({ deliveries, hrefOf }: DeliveryTableProps) {
  return (
    <Table label="Deliveries">
      <thead>
        <tr>
          <Th>Event</Th>
          <Th>State</Th>
          <Th className="hidden sm:table-cell">Last answer</Th>
          <Th className="hidden text-right md:table-cell">Attempts</Th>
          <Th className="hidden text-right sm:table-cell">When</Th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Tr key={delivery.id}>
            <Td className="whitespace-nowrap">
              <Link href={hrefOf(delivery.id)} scroll={false} className="font-mono hover:underline">
                {delivery.eventType}
              </Link>
              {delivery.test && <span className="ml-2 text-meta text-muted">test</span>}
              <span className="block text-muted sm:hidden">
                <RelativeTime iso={delivery.createdAt} />
              </span>
            </Td>
            <Td>
              <StateBadge state={delivery.state} />
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              {outcomeWords({ status: delivery.lastStatus, error: delivery.lastError })}
            </Td>
            <Td className="hidden text-right text-muted tabular-nums md:table-cell">{delivery.attempts}</Td>
            <Td className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
              <RelativeTime iso={delivery.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
