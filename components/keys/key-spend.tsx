import { Meter } from '@/components/ui/meter';
import type { ApiKeyView } from '@/lib/accounts/rules/keys';
import { formatCount } from '@/lib/platform/numbers';

const inCredits = (credits: number): string => `${formatCount(credits)} ${credits === 1 ? 'credit' : 'credits'}`;

/** What a key was charged this month, and how much of its budget that is. */
export function KeySpend({ apiKey: { mode, spentThisMonth, monthlyBudget } }: { apiKey: ApiKeyView }) {
  if (mode === 'test') return <>Free</>;
  if (monthlyBudget === null) return <>{inCredits(spentThisMonth)}</>;
  return (
    <>
      {formatCount(spentThisMonth)} of {inCredits(monthlyBudget)}
      <span className="mt-1 flex">
        <Meter share={spentThisMonth / monthlyBudget} className="w-24" />
      </span>
    </>
  );
}
