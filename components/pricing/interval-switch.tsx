import Link from 'next/link';
import type { MouseEvent } from 'react';
import { INTERVALS, YEARLY_DISCOUNT_PERCENT, type Interval } from '@/lib/billing/rules/offers';

/** How credits are paid for: by a monthly or yearly plan, or by packs without a plan. */
export type Way = Interval | 'packs';
export const WAYS: readonly Way[] = [...INTERVALS, 'packs'];

interface IntervalSwitchProps<W extends Way> {
  ways: readonly W[];
  current: W;
  hrefOf: (way: W) => string;
  /** If given, the choice is made on the page and the link is not followed. */
  onChoose?: (way: W) => void;
}

const LABELS: Readonly<Record<Way, string>> = {
  month: 'Monthly',
  year: `Yearly, ${YEARLY_DISCOUNT_PERCENT}% less`,
  packs: 'Packs',
};
const ITEM =
  'rounded-control px-3 py-1.5 text-body font-medium whitespace-nowrap transition-colors aria-[current=true]:bg-bg aria-[current=true]:text-fg text-muted hover:text-fg';

/** Monthly, yearly or packs. The choices are links, so that the choice is part of the URL. */
export function IntervalSwitch<W extends Way>({ ways, current, hrefOf, onChoose }: IntervalSwitchProps<W>) {
  return (
    <nav aria-label="Billing interval" className="inline-flex rounded-card border border-hairline bg-sunken p-0.5">
      {ways.map((way) => (
        <Link
          key={way}
          href={hrefOf(way)}
          replace
          scroll={false}
          prefetch={false}
          aria-current={way === current ? 'true' : undefined}
          className={ITEM}
          {...(onChoose && { onClick: (event: MouseEvent) => choose(event, () => onChoose(way)) })}
        >
          {LABELS[way]}
        </Link>
      ))}
    </nav>
  );
}

function choose(event: MouseEvent, act: () => void): void {
  // A click that opens a new tab or window still follows the link.
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  act();
}
