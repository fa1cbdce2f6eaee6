import { CircleCheck, CircleQuestionMark, CircleX, TriangleAlert } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { COMPONENT_COPY, STATE_LABEL } from '@/content/status';
import type { Component, ComponentState, DayView } from '@/lib/status/rules';
import { HistoryBar, type HistoryDay } from './history-bar';
import { shareWords } from './share-words';

interface ComponentListProps {
  components: readonly { component: Component; state: ComponentState; availability: number | null; days: readonly DayView[] }[];
}

const MARKS = {
  operational: { Icon: CircleCheck, color: 'text-deliverable-solid' },
  degraded: { Icon: TriangleAlert, color: 'text-risky-solid' },
  failed: { Icon: CircleX, color: 'text-undeliverable-solid' },
  unknown: { Icon: CircleQuestionMark, color: 'text-unknown-solid' },
} as const satisfies Record<ComponentState, unknown>;

export function StateMark({ state, className }: { state: ComponentState; className?: string }) {
  const { Icon, color } = MARKS[state];
  return <Icon aria-hidden="true" className={cn('size-4 shrink-0', color, className)} />;
}

export function ComponentList({ components }: ComponentListProps) {
  return (
    <ul className="divide-y divide-hairline rounded-dialog border border-hairline">
      {components.map(({ component, state, availability, days }) => {
        const { name, text } = COMPONENT_COPY[component];
        const measured = days.filter((day) => day.state !== 'unknown');
        const share = availability === null ? tooFewWords(measured.length) : `${shareWords(availability)} uptime`;
        return (
          <li key={component} className="p-4 sm:p-6">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <h3 className="text-lead font-semibold">{name}</h3>
              <p className="flex items-center gap-1.5 text-body font-medium">
                <StateMark state={state} className="self-center" />
                {STATE_LABEL[state]}
              </p>
            </div>
            <p className="mt-1 mb-4 text-body text-muted">{text}</p>
            <HistoryBar
              days={days.map(historyDay)}
              label={`${name}, last ${days.length} days: ${share}; measured on ${measured.length} of them`}
            />
            <div className="mt-2 flex justify-between text-meta text-subtle tabular-nums">
              <span className="max-sm:hidden">{days.length} days ago</span>
              <span className="sm:hidden">45 days ago</span>
              <span>{share}</span>
              <span>today</span>
            </div>
            {measured.length > 0 && <DayTable name={name} days={measured} />}
          </li>
        );
      })}
    </ul>
  );
}

const tooFewWords = (measuredDays: number) => (measuredDays === 0 ? 'not measured yet' : 'too few checks for an uptime');

const TONES = { operational: 'good', degraded: 'fair', failed: 'bad', unknown: 'none' } as const;

const historyDay = (day: DayView): HistoryDay => ({ day: day.day, tone: TONES[day.state], words: dayWords(day) });

function dayWords({ state, failedMinutes, degradedMinutes, unmeasuredMinutes }: DayView): string {
  if (state === 'unknown') return 'not measured';
  const parts = [
    ...(failedMinutes > 0 ? [`down for about ${failedMinutes} min`] : []),
    ...(degradedMinutes > 0 ? [`slow for about ${degradedMinutes} min`] : []),
    ...(unmeasuredMinutes > 0 ? [`not measured for ${unmeasuredMinutes} min`] : []),
  ];
  return parts.length === 0 ? 'no trouble' : parts.join(', ');
}

/** The same days in words, newest first. */
function DayTable({ name, days }: { name: string; days: readonly DayView[] }) {
  return (
    <details className="mt-3">
      <summary className="inline-block list-none rounded-control text-table font-medium text-accent hover:underline hover:underline-offset-4">
        Day by day<span className="sr-only">: {name}</span>
      </summary>
      <div
        role="region"
        tabIndex={0}
        aria-label={`${name}, day by day`}
        className="mt-2 max-h-60 overflow-y-auto text-table -outline-offset-2"
      >
        <ul>
          {days.toReversed().map((day) => (
            <li key={day.day} className="flex gap-4 py-1">
              <time dateTime={day.day} className="w-24 shrink-0">
                {day.day}
              </time>
              <span className="text-muted">{dayWords(day)}</span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
