import Link from 'next/link';
import type { MouseEvent } from 'react';
import { INTERVALS, YEARLY_DISCOUNT_PERCENT, type Interval } from '@/lib/billing/rules/offers';

interface IntervalSwitchProps {
  current: Interval;
  hrefOf: (interval: Interval) => string;
  /** Where given, the choice is made in the page and the link is not followed. */
  onChoose?: (interval: Interval) => void;
}

const LABELS: Readonly<Record<Interval, string>> = { month: 'Monthly', year: `Yearly, ${YEARLY_DISCOUNT_PERCENT} % less` };
const ITEM =
  'rounded-control px-3 py-1.5 text-body font-medium whitespace-nowrap transition-colors aria-[current=true]:bg-bg aria-[current=true]:text-fg text-muted hover:text-fg';

/** Monthly or yearly: two links, so that the choice lives in the address. */
export function IntervalSwitch({ current, hrefOf, onChoose }: IntervalSwitchProps) {
  return (
    <nav aria-label="Billing interval" className="inline-flex rounded-card border border-hairline bg-sunken p-0.5">
      {INTERVALS.map((interval) => (
        <Link
          key={interval}
          href={hrefOf(interval)}
          replace
          scroll={false}
          prefetch={false}
          aria-current={interval === current ? 'true' : undefined}
          className={ITEM}
          {...(onChoose && { onClick: (event: MouseEvent) => choose(event, () => onChoose(interval)) })}
        >
          {LABELS[interval]}
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
