import { Card } from '@/components/ui/card';
import { reasonLabel, STATUS_LABEL } from '@/components/verification/reason-sentence';
import { cn } from '@/components/ui/cn';
import type { UsageReport, UsageRow } from '@/lib/credits/rules/usage';
import { FINAL_STATUSES, isReason, statusOf, type FinalStatus } from '@/lib/verdict/verdict';
import { formatCount } from '@/lib/platform/numbers';
import { ShareTable } from './share-table';

const FILL: Record<FinalStatus, string> = {
  deliverable: 'bg-deliverable-solid',
  risky: 'bg-risky-solid',
  unknown: 'bg-unknown-solid',
  undeliverable: 'bg-undeliverable-solid',
};

const fillOf = (reason: string): string => FILL[isReason(reason) ? statusOf(reason) : 'unknown'];

/** What was answered: a bar by status with its legend, and every reason with what it cost. */
export function VerdictShares({ rows, totals }: Pick<UsageReport, 'rows' | 'totals'>) {
  const reasons = rows.map(({ group, answers, credits }) => ({
    key: group,
    name: reasonLabel(isReason(group) ? group : null),
    answers,
    credits,
    fill: fillOf(group),
  }));
  return (
    <Card title="By status and reason" className="h-full">
      <StatusBar totals={totals} />
      <ShareTable label="Answers by reason" heading="Reason" rows={reasons} />
    </Card>
  );
}

function StatusBar({ totals: { answers, counts } }: { totals: UsageRow }) {
  const present = FINAL_STATUSES.filter((status) => counts[status] > 0);
  return (
    <>
      <div aria-hidden="true" className="flex h-2.5 gap-[2px] overflow-hidden rounded-[2px]">
        {present.map((status) => (
          <span
            key={status}
            className={cn('min-w-[2px]', FILL[status])}
            style={{ width: `${(counts[status] / answers) * 100}%` }}
          />
        ))}
      </div>
      <ul className="mt-3 mb-5 flex flex-wrap gap-x-4 gap-y-1 text-table">
        {FINAL_STATUSES.map((status) => (
          <li key={status} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cn('size-2.5 rounded-[2px]', FILL[status])} />
            <span className="text-muted">{STATUS_LABEL[status]}</span>
            <span className="font-medium tabular-nums">{formatCount(counts[status])}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
