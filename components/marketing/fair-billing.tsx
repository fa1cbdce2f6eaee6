import { REASON_COPY } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { FINAL_STATUSES, REASONS_BY_STATUS, type Reason } from '@/lib/verdict/verdict';

/** Every reason there is, with its price, straight from the table that the ledger uses. */
export function FairBilling() {
  return (
    <div className="overflow-hidden rounded-card border border-hairline">
      <table className="w-full text-left text-body max-sm:block">
        <caption className="sr-only">What each answer costs</caption>
        <thead className="bg-raised text-table max-sm:sr-only">
          <tr>
            <th scope="col" className="px-3 py-2.5 font-medium text-muted sm:px-4">
              Answer
            </th>
            <th scope="col" className="px-3 py-2.5 font-medium text-muted sm:px-4">
              1 credit
            </th>
            <th scope="col" className="px-3 py-2.5 font-medium text-muted sm:px-4">
              Free
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {FINAL_STATUSES.map((status) => (
            <tr key={status} className="border-t border-hairline align-top first:border-t-0 max-sm:block max-sm:py-3">
              <th scope="row" className="px-3 py-3 font-normal max-sm:block max-sm:py-1 sm:px-4">
                <VerdictBadge status={status} />
              </th>
              <td className="px-3 py-3 max-sm:block max-sm:py-1 sm:px-4">
                <span className="block text-meta text-subtle sm:hidden">1 credit</span>
                <ReasonList reasons={REASONS_BY_STATUS[status].filter((reason) => creditsFor(reason) > 0)} />
              </td>
              <td className="px-3 py-3 max-sm:block max-sm:py-1 sm:px-4">
                <span className="block text-meta text-subtle sm:hidden">Free</span>
                <ReasonList reasons={REASONS_BY_STATUS[status].filter((reason) => creditsFor(reason) === 0)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** So many reasons are shown at once; the others are behind a press. */
const SHOWN = 4;

function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return <span className="text-muted">–</span>;
  // One more line takes no more room than the line that offers it.
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
