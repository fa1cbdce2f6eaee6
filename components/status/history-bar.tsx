import { cn } from '@/components/ui/cn';

export interface HistoryDay {
  day: string;
  tone: 'good' | 'fair' | 'bad' | 'none';
  /** The description of the day, without its date. */
  words: string;
}

const FILL: Record<HistoryDay['tone'], string> = {
  good: 'bg-deliverable-solid',
  fair: 'bg-risky-solid',
  bad: 'bg-undeliverable-solid',
  none: 'bg-hairline',
};
/** Bad and fair days are also shorter, for people who do not see the color. */
const SHAPE: Record<HistoryDay['tone'], string> = { good: 'h-full', fair: 'h-3/4', bad: 'h-1/2', none: 'h-full' };
/** How many of the latest days fit on a phone. */
const ON_A_PHONE = 45;

/** Days as bars, oldest first. Screen readers get one sentence; the table below has every day. */
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
