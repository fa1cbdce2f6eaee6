import Link from 'next/link';
import type { MouseEvent } from 'react';
import { INTERVALS, YEARLY_DISCOUNT_PERCENT, type Interval } from '@/lib/billing/rules/offers';

/** How credits are paid for: a plan by the month or the year, or packs without one. */
export type Way = Interval | 'packs';
export const WAYS: readonly Way[] = [...INTERVALS, 'packs'];

interface IntervalSwitchProps<W extends Way> {
  ways: readonly W[];
  current: W;
  hrefOf: (way: W) => string;
  /** Where given, the choice is made in the page and the link is not followed. */
  onChoose?: (way: W) => void;
}

const LABELS: Readonly<Record<Way, string>> = {
  month: 'Monthly',
  year: `Yearly, ${YEARLY_DISCOUNT_PERCENT} % less`,
  packs: 'Packs',
};
const ITEM =
  'rounded-control px-3 py-1.5 text-body font-medium whitespace-nowrap transition-colors aria-[current=true]:bg-bg aria-[current=true]:text-fg text-muted hover:text-fg';

/** Monthly, yearly or packs: links, so that the choice lives in the address. */
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
  // A new tab still gets the link.
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  act();
}
