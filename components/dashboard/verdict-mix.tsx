import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { cn } from '@/components/ui/cn';
import type { UsageReport, UsageRow } from '@/lib/credits/rules/usage';
import { FINAL_STATUSES, type FinalStatus } from '@/lib/verdict/verdict';
import { formatCount } from '@/lib/platform/numbers';

const FILL: Record<FinalStatus, string> = {
  deliverable: 'bg-deliverable-solid',
  risky: 'bg-risky-solid',
  unknown: 'bg-unknown-solid',
  undeliverable: 'bg-undeliverable-solid',
};

const plural = (value: number, one: string): string => `${formatCount(value)} ${value === 1 ? one : `${one}s`}`;
const dayLabel = (day: string): string =>
  new Date(day).toLocaleDateString('en-US', { day: 'numeric', month: 'short', timeZone: 'UTC' });

interface VerdictMixProps {
  usage: UsageReport;
  /** Said instead of bars where there are no answers. */
  empty: string;
}

/** Verdicts of the last days as stacked bars, with the numbers in words for everyone who can't see bars. */
export function VerdictMix({ usage: { rows, totals, from, to }, empty }: VerdictMixProps) {
  const peak = Math.max(0, ...rows.map(({ answers }) => answers));
  const words = FINAL_STATUSES.map(
    (status) => `${formatCount(totals.counts[status])} ${STATUS_LABEL[status].toLowerCase()}`,
  ).join(', ');
  return (
    <Card
      title={`Verdicts, last ${rows.length} days`}
      {...(peak > 0 && {
        description: `${plural(totals.answers, 'answer')}, lists included, for ${plural(totals.credits, 'credit')}`,
      })}
      actions={
        <Link
          href={`/usage?from=${from}&to=${to}`}
          className="rounded-control text-table text-accent underline-offset-2 hover:underline"
        >
          Usage
        </Link>
      }
      className="h-full"
    >
      <ul className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-table">
        {FINAL_STATUSES.map((status) => (
          <li key={status} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cn('size-2.5 rounded-[2px]', FILL[status])} />
            <span className="text-muted">{STATUS_LABEL[status]}</span>
            <span className="font-medium tabular-nums">{formatCount(totals.counts[status])}</span>
          </li>
        ))}
      </ul>
      {peak > 0 && (
        <p aria-hidden="true" className="mb-1 text-meta text-subtle tabular-nums">
          {formatCount(peak)}
        </p>
      )}
      <div
        role="img"
        aria-label={`Stacked bars, one a day, at most ${plural(peak, 'answer')}: ${words} in ${rows.length} days. The same as a table below.`}
        className={cn('relative flex h-32 items-stretch gap-1 sm:gap-2', peak > 0 && 'border-t border-hairline')}
      >
        {peak === 0 && <p className="absolute inset-0 grid place-items-center text-center text-table text-muted">{empty}</p>}
        {rows.map((row) => (
          <Bar key={row.group} row={row} peak={peak} />
        ))}
      </div>
      <div aria-hidden="true" className="mt-2 flex justify-between text-meta text-subtle">
        <span>{dayLabel(from)}</span>
        <span>{dayLabel(to)}</span>
      </div>
      <MixTable rows={rows} />
    </Card>
  );
}

/** The first status stands on top, the order of every list of verdicts. */
function Bar({ row: { group, answers, counts }, peak }: { row: UsageRow; peak: number }) {
  return (
    <div className="flex flex-1 flex-col justify-end" title={`${dayLabel(group)}: ${plural(answers, 'answer')}`}>
      {answers === 0 ? (
        <div className="h-0.5 rounded-full bg-hairline" />
      ) : (
        <div
          className="flex flex-col gap-[2px] overflow-hidden rounded-[2px]"
          style={{ height: `${Math.max(4, (answers / peak) * 100)}%` }}
        >
          {FINAL_STATUSES.filter((status) => counts[status] > 0).map((status) => (
            <div key={status} className={cn('min-h-[2px]', FILL[status])} style={{ flexGrow: counts[status] }} />
          ))}
        </div>
      )}
    </div>
  );
}

function MixTable({ rows }: Pick<UsageReport, 'rows'>) {
  return (
    <details className="mt-3 text-table">
      <summary className="inline-block rounded-control text-muted hover:text-fg">Show as a table</summary>
      <div role="region" aria-label="Verdicts by day" tabIndex={0} className="mt-2 max-h-64 overflow-auto">
        <table className="w-full text-left tabular-nums">
          <thead>
            <tr>
              <th scope="col" className="py-1 pr-4 font-medium text-muted">
                Day
              </th>
              {FINAL_STATUSES.map((status) => (
                <th key={status} scope="col" className="py-1 pl-4 text-right font-medium text-muted">
                  {STATUS_LABEL[status]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group, counts }) => (
              <tr key={group} className="border-t border-hairline">
                <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                  {dayLabel(group)}
                </th>
                {FINAL_STATUSES.map((status) => (
                  <td key={status} className="py-1 pl-4 text-right">
                    {formatCount(counts[status])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
