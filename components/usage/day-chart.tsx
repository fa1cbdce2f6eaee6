import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { UsageReport, UsageRow } from '@/lib/credits/rules/usage';
import { formatCount } from '@/lib/platform/numbers';

const plural = (value: number, one: string): string => `${formatCount(value)} ${value === 1 ? one : `${one}s`}`;
const dayLabel = (day: string): string =>
  new Date(day).toLocaleDateString('en-US', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Beyond so many bars there is no room for gaps between them. */
const GAPS_UP_TO_DAYS = 100;

/** Credits a day as bars, with the numbers in a table for everyone who can't see bars. */
export function DayChart({ rows, totals }: Pick<UsageReport, 'rows' | 'totals'>) {
  const peak = Math.max(1, ...rows.map(({ credits }) => credits));
  const words = `${plural(totals.credits, 'credit')} for ${plural(totals.answers, 'answer')}`;
  return (
    <Card title="By day" description={`${words} in ${plural(rows.length, 'day')} (UTC)`}>
      <div
        role="img"
        aria-label={`Bars of the credits charged a day: ${words}, at most ${formatCount(peak)} a day. The same as a table below.`}
        className={cn('flex h-36 items-stretch border-b border-hairline', rows.length <= GAPS_UP_TO_DAYS && 'gap-px sm:gap-1')}
      >
        {rows.map((row) => (
          <DayBar key={row.group} row={row} peak={peak} />
        ))}
      </div>
      <div aria-hidden="true" className="mt-2 flex justify-between text-meta text-subtle">
        <span>{dayLabel(rows[0]?.group ?? '')}</span>
        <span>{dayLabel(rows.at(-1)?.group ?? '')}</span>
      </div>
      <DayTable rows={rows} />
    </Card>
  );
}

/** Full height, so that the whole column answers the pointer. */
const DayBar = ({ row: { group, credits, answers }, peak }: { row: UsageRow; peak: number }) => (
  <div
    className="flex min-w-px flex-1 flex-col justify-end hover:bg-sunken"
    title={`${dayLabel(group)}: ${plural(credits, 'credit')}, ${plural(answers, 'answer')}`}
  >
    {credits > 0 && <div className="rounded-t-[2px] bg-accent" style={{ height: `${Math.max(1.5, (credits / peak) * 100)}%` }} />}
  </div>
);

function DayTable({ rows }: { rows: readonly UsageRow[] }) {
  return (
    <details className="mt-3 text-table">
      <summary className="inline-block rounded-control text-muted hover:text-fg">Show as a table</summary>
      <div role="region" aria-label="Credits by day" tabIndex={0} className="mt-2 max-h-64 overflow-auto">
        <table className="w-full text-left tabular-nums">
          <thead>
            <tr>
              <th scope="col" className="py-1 pr-4 font-medium text-muted">
                Day
              </th>
              <th scope="col" className="py-1 pl-4 text-right font-medium text-muted">
                Answers
              </th>
              <th scope="col" className="py-1 pl-4 text-right font-medium text-muted">
                Credits
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.toReversed().map(({ group, answers, credits }) => (
              <tr key={group} className="border-t border-hairline">
                <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                  {group}
                </th>
                <td className="py-1 pl-4 text-right">{formatCount(answers)}</td>
                <td className="py-1 pl-4 text-right">{formatCount(credits)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
