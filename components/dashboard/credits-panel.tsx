import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import type { CreditSourceView } from '@/lib/billing/rules/billing';
import { formatCount } from '@/lib/platform/numbers';

interface CreditsPanelProps {
  available: number;
  held: number;
  /** The grants that the balance consists of. */
  sources: readonly CreditSourceView[];
  /** Null if no further credits are certain. */
  next: { at: string; amount: number } | null;
}

/** The credits that can be spent, where they came from and until when they last, and the next grant. */
export function CreditsPanel({ available, held, sources, next }: CreditsPanelProps) {
  return (
    <Card
      title="Credits"
      className="h-full"
      actions={
        <Link href="/billing#packs" className="rounded-control text-table text-accent underline-offset-2 hover:underline">
          Buy credits
        </Link>
      }
    >
      <p className="text-hero font-semibold tracking-tight tabular-nums">{formatCount(available)}</p>
      <p className="text-table text-muted tabular-nums">
        {available === 1 ? 'credit' : 'credits'} available
        {held > 0 && `, ${formatCount(held)} more held for running checks`}
      </p>
      {sources.length > 0 && (
        <ul
          aria-label="What the balance is made of"
          className="mt-4 flex flex-col gap-1 border-t border-hairline pt-3 text-table tabular-nums"
        >
          {sources.map(({ from, credits, expiresAt }) => (
            <li key={`${from}${expiresAt}`} className="flex justify-between gap-4">
              <span className="text-muted">
                {WORDS[from]}
                {expiresAt === null ? (
                  ', no expiration'
                ) : (
                  <>
                    , until <LocalTime iso={expiresAt} show="date" />
                  </>
                )}
              </span>
              <span>{formatCount(credits)}</span>
            </li>
          ))}
        </ul>
      )}
      {next !== null && (
        <p className="mt-3 text-table text-muted tabular-nums">
          Your next {formatCount(next.amount)} arrive on <LocalTime iso={next.at} show="date" />.
        </p>
      )}
      {available === 0 && (
        <p className="mt-3 text-table">
          Addresses you verified in the last 24 hours are free to check again. Older answers are in your{' '}
          <Link href="/verifications" className="text-accent underline underline-offset-2">
            history
          </Link>
          .
        </p>
      )}
    </Card>
  );
}

const WORDS: Record<CreditSourceView['from'], string> = {
  free: 'Free this month',
  plan: 'From your plan',
  bought: 'From packs',
  other: 'Gifts and refunds',
};
