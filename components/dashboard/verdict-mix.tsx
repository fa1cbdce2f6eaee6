import { Card } from '@/components/ui/card';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { cn } from '@/lib/cn';
import { FINAL_STATUSES, type FinalStatus } from '@/lib/domain/verdict';

export interface DayMix {
  /** YYYY-MM-DD, UTC */
  day: string;
  counts: Record<FinalStatus, number>;
}

const FILL: Record<FinalStatus, string> = {
  deliverable: 'bg-deliverable-solid',
  risky: 'bg-risky-solid',
  unknown: 'bg-unknown-solid',
  undeliverable: 'bg-undeliverable-solid',
};

const totalOf = (counts: Record<FinalStatus, number>): number => FINAL_STATUSES.reduce((sum, status) => sum + counts[status], 0);
const dayLabel = (day: string): string =>
  new Date(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Verdicts of the last days as stacked bars, with the numbers in words for everyone who can't see bars. */
export function VerdictMix({ days }: { days: readonly DayMix[] }) {
  const peak = Math.max(1, ...days.map((day) => totalOf(day.counts)));
  const isEmpty = days.every((day) => totalOf(day.counts) === 0);
  const sum = (status: FinalStatus) => days.reduce((total, day) => total + day.counts[status], 0);
  const words = FINAL_STATUSES.map((status) => `${sum(status)} ${STATUS_LABEL[status].toLowerCase()}`).join(', ');
  return (
    <Card title={`Verdicts, last ${days.length} days`} className="h-full">
      <ul className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-table">
        {FINAL_STATUSES.map((status) => (
          <li key={status} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cn('size-2.5 rounded-[2px]', FILL[status])} />
            <span className="text-muted">{STATUS_LABEL[status]}</span>
            <span className="font-medium tabular-nums">{sum(status).toLocaleString('en')}</span>
          </li>
        ))}
      </ul>
      <div
        role="img"
        aria-label={`Stacked bars, one a day: ${words} in ${days.length} days. The same as a table below.`}
        className="relative flex h-32 items-stretch gap-1 sm:gap-2"
      >
        {isEmpty && (
          <p className="absolute inset-0 grid place-items-center text-table text-muted">No checks in these {days.length} days</p>
        )}
        {days.map((day) => (
          <Bar key={day.day} day={day} peak={peak} />
        ))}
      </div>
      <div aria-hidden="true" className="mt-2 flex justify-between text-meta text-subtle">
        <span>{dayLabel(days[0]?.day ?? '')}</span>
        <span>{dayLabel(days.at(-1)?.day ?? '')}</span>
      </div>
      <MixTable days={days} />
    </Card>
  );
}

/** The first status stands on top, the order of every list of verdicts. */
function Bar({ day, peak }: { day: DayMix; peak: number }) {
  const total = totalOf(day.counts);
  return (
    <div className="flex flex-1 flex-col justify-end" title={`${dayLabel(day.day)}: ${total}`}>
      {total === 0 ? (
        <div className="h-0.5 rounded-full bg-hairline" />
      ) : (
        <div
          className="flex flex-col gap-[2px] overflow-hidden rounded-[2px]"
          style={{ height: `${Math.max(4, (total / peak) * 100)}%` }}
        >
          {FINAL_STATUSES.filter((status) => day.counts[status] > 0).map((status) => (
            <div key={status} className={cn('min-h-[2px]', FILL[status])} style={{ flexGrow: day.counts[status] }} />
          ))}
        </div>
      )}
    </div>
  );
}

function MixTable({ days }: { days: readonly DayMix[] }) {
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
            {days.map((day) => (
              <tr key={day.day} className="border-t border-hairline">
                <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                  {dayLabel(day.day)}
                </th>
                {FINAL_STATUSES.map((status) => (
                  <td key={status} className="py-1 pl-4 text-right">
                    {day.counts[status]}
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
