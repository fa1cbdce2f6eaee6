import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import type { BillingView } from '@/lib/billing/rules/billing';
import { formatCount } from '@/lib/platform/numbers';

/** The credits that can be spent, and when more arrive. */
export function CreditsCard({ credits }: { credits: BillingView['credits'] }) {
  const { available, held, isLow, next } = credits;
  return (
    <Card title="Credits" className="h-full">
      <p className="text-display font-semibold tracking-tight tabular-nums">{formatCount(available)}</p>
      <p className="mt-1 text-body text-muted tabular-nums">
        {held > 0 ? `available, ${formatCount(held)} more held for running checks` : 'available'}
      </p>
      {next !== null && (
        <p className="mt-3 text-body tabular-nums">
          Your plan’s next {formatCount(next.amount)} arrive on <LocalTime iso={next.at} show="date" />.
        </p>
      )}
      {isLow && (
        <Alert tone={available === 0 ? 'warning' : 'info'} className="mt-4">
          {available === 0 ? 'There are no credits left.' : 'Credits are running low.'} <Link href="#packs">Buy a pack</Link>
          {' or '}
          <Link href="#plans">choose a larger plan</Link>.
        </Alert>
      )}
    </Card>
  );
}
