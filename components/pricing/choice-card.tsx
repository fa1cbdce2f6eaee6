import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';
import type { Choices } from '@/lib/billing/rules/billing';
import { formatPerThousand, formatPrice, type Interval } from '@/lib/billing/rules/offers';
import { formatCount } from '@/lib/platform/numbers';
import { choiceLines, choiceStart, choiceTitle, creditsLeft } from './choice-words';

interface ChoiceCardProps {
  volume: number;
  interval: Interval;
  choices: Choices;
  title: string;
}

/** The cheapest way to buy the volume of the slider, and the alternatives. */
export function ChoiceCard({ volume, interval, choices: { cheapest, others }, title }: ChoiceCardProps) {
  const start = choiceStart(cheapest, interval);
  const isYearly = cheapest.plan !== 'free' && interval === 'year';
  const left = creditsLeft(cheapest, volume);
  return (
    <div className="flex h-full flex-col" aria-live="polite">
      <p className="text-table font-medium text-accent">{title}</p>
      <h2 className="mt-1 text-section font-semibold tracking-tight">{choiceTitle(cheapest)}</h2>
      <p className="mt-3 flex flex-wrap items-baseline gap-x-2">
        <span className="text-hero font-semibold tracking-tight tabular-nums">{formatPrice(cheapest.totalCents)}</span>
        <span className="text-body text-muted">
          {cheapest.totalCents === 0
            ? 'every month'
            : `at most, in one month; ${formatPerThousand(cheapest.totalCents, volume)} per 1,000`}
        </span>
      </p>
      <ul className="mt-4 divide-y divide-hairline border-y border-hairline text-body">
        {choiceLines(cheapest).map((line) => (
          <li key={line.what + line.price} className="flex justify-between gap-4 py-2">
            <span>{line.what}</span>
            <span className="shrink-0 text-muted tabular-nums">{line.price}</span>
          </li>
        ))}
      </ul>
      {cheapest.totalCents > 0 && (
        <p className="mt-3 text-table text-pretty text-muted">
          {left > 0 && `${formatCount(left)} pack credits are left for later; they never expire. `}
          {isYearly && 'The plan is paid for a year at once. '}
          Tax is added where it applies.
        </p>
      )}
      <div className="mt-auto pt-5">
        <Link href={start.href} className={buttonClass({ size: 'lg', className: 'w-full' })}>
          {start.label}
        </Link>
        {others.length > 0 && (
          <p className="mt-3 text-table text-muted">
            Other ways:{' '}
            {others.map((other, index) => (
              <span key={choiceTitle(other)}>
                {index > 0 && '; '}
                {choiceTitle(other)} <span className="tabular-nums">{formatPrice(other.totalCents)}</span>
              </span>
            ))}
            .
          </p>
        )}
      </div>
    </div>
  );
}
