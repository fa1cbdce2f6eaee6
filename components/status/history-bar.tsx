import { cn } from '@/components/ui/cn';

export interface HistoryDay {
  day: string;
  tone: 'good' | 'fair' | 'bad' | 'none';
  /** What is said of the day, without its date. */
  words: string;
}

const FILL: Record<HistoryDay['tone'], string> = {
  good: 'bg-deliverable-solid',
  fair: 'bg-risky-solid',
  bad: 'bg-undeliverable-solid',
  none: 'bg-hairline',
};
/** Days that are not well are also shorter or notched, for those who do not see the color. */
const SHAPE: Record<HistoryDay['tone'], string> = { good: 'h-full', fair: 'h-3/4', bad: 'h-1/2', none: 'h-full' };
/** A phone has room for the last of them. */
const ON_A_PHONE = 45;

/** Days as bars, the oldest first. To people who can't see it, one sentence; the days are in the table that unfolds. */
export function HistoryBar({ days, label }: { days: readonly HistoryDay[]; label: string }) {
  return (
    <div role="img" aria-label={label} className="flex h-8 items-end gap-[2px]">
      {days.map(({ day, tone, words }, index) => (
        <span
          key={day}
          title={`${day}: ${words}`}
          className={cn(
            'min-w-0 flex-1 rounded-[1px]',
            FILL[tone],
            SHAPE[tone],
            index < days.length - ON_A_PHONE && 'max-sm:hidden',
          )}
        />
      ))}
    </div>
  );
}
