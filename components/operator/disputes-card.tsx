import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { formatAmount } from '@/lib/billing/rules/offers';
import { type DisputeView, isDisputeOver } from '@/lib/billing/rules/billing';
import { formatCount } from '@/lib/platform/numbers';

const words = (word: string): string => word.replaceAll('_', ' ');

/** Payments that were charged back or inquired about, newest first. They are answered at Stripe. */
export function DisputesCard({ disputes }: { disputes: readonly DisputeView[] }) {
  return (
    <Card title="Disputed payments" padded={false} footer={disputes.length > 0 ? 'Disputes are answered at Stripe.' : undefined}>
      {disputes.length === 0 ? (
        <p className="px-4 pb-4 text-body text-muted sm:px-5 sm:pb-5">No payment was disputed.</p>
      ) : (
        <DisputeTable disputes={disputes} />
      )}
    </Card>
  );
}

function DisputeTable({ disputes }: { disputes: readonly DisputeView[] }) {
  return (
    <Table label="Disputed payments">
      <thead>
        <tr>
          <Th>Workspace</Th>
          <Th className="text-right">Amount</Th>
          <Th>Status</Th>
          <Th className="hidden text-right sm:table-cell">Credits taken back</Th>
          <Th className="hidden text-right sm:table-cell">Opened</Th>
        </tr>
      </thead>
      <tbody>
        {disputes.map((dispute) => (
          <Tr key={dispute.id}>
            <Td className="w-full max-w-0 min-w-28 truncate" title={dispute.workspaceId}>
              {dispute.workspaceName}
              <span className="block truncate text-meta text-muted">{dispute.what}</span>
            </Td>
            <Td className="text-right whitespace-nowrap">{formatAmount(dispute.amountCents, dispute.currency)}</Td>
            <Td className="whitespace-nowrap">
              {words(dispute.status)}
              <span className="block text-meta text-muted">
                {dispute.respondBy === null || isDisputeOver(dispute.status) ? (
                  dispute.reason !== null && words(dispute.reason)
                ) : (
                  <>
                    answer by <LocalTime iso={dispute.respondBy} show="date" />
                  </>
                )}
              </span>
            </Td>
            <Td className="hidden text-right whitespace-nowrap sm:table-cell">
              {formatCount(dispute.taken)} of {formatCount(dispute.wanted)}
            </Td>
            <Td className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
              <RelativeTime iso={dispute.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
