import { Table, Td, Th } from '@/components/ui/table';
import { REASON_COPY } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { FINAL_STATUSES, REASONS_BY_STATUS, type Reason } from '@/lib/verdict/verdict';

/** Every reason with its price, straight from the table that the ledger uses. */
export function FairBilling() {
  return (
    <div className="overflow-hidden rounded-card border border-hairline bg-card">
      <Table label="What each answer costs" stacks>
        <thead className="bg-raised">
          <tr>
            <Th>Answer</Th>
            <Th>1 credit</Th>
            <Th>Free</Th>
          </tr>
        </thead>
        <tbody>
          {FINAL_STATUSES.map((status) => (
            <tr key={status} className="border-b border-hairline last:border-b-0">
              <th scope="row" className="px-4 py-3 align-top font-normal sm:px-5">
                <VerdictBadge status={status} />
              </th>
              <Td className="py-3 align-top">
                <span className="block text-meta text-subtle md:hidden">1 credit</span>
                <ReasonList reasons={REASONS_BY_STATUS[status].filter((reason) => creditsFor(reason) > 0)} />
              </Td>
              <Td className="py-3 align-top">
                <span className="block text-meta text-subtle md:hidden">Free</span>
                <ReasonList reasons={REASONS_BY_STATUS[status].filter((reason) => creditsFor(reason) === 0)} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** This many reasons are shown; a button reveals the rest. */
const SHOWN = 4;

function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return <span className="text-muted">–</span>;
  // One more reason takes no more room than the line that would reveal it.
  const shown = reasons.length <= SHOWN + 1 ? reasons : reasons.slice(0, SHOWN);
  const folded = reasons.slice(shown.length);
  return (
    <>
      <Reasons reasons={shown} />
      {folded.length > 0 && (
        <details className="group mt-1">
          <summary className="inline-block list-none rounded-control text-table font-medium text-accent hover:underline hover:underline-offset-4">
            <span className="group-open:hidden">and {folded.length} more</span>
            <span className="hidden group-open:inline">fewer</span>
          </summary>
          <div className="mt-1">
            <Reasons reasons={folded} />
          </div>
        </details>
      )}
    </>
  );
}

function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul className="text-table sm:columns-2 sm:gap-6">
      {reasons.map((reason) => (
        <li key={reason} className="mb-1 break-inside-avoid last:mb-0">
          {REASON_COPY[reason].label}
        </li>
      ))}
    </ul>
  );
}
