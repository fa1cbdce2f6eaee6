import { cn } from '@/components/ui/cn';
import type { ApiKeyView } from '@/lib/accounts/rules/keys';
import { formatCount } from '@/lib/platform/numbers';

const inCredits = (credits: number): string => `${formatCount(credits)} ${credits === 1 ? 'credit' : 'credits'}`;

/** What a key was charged this month, and how much of its budget that is. */
export function KeySpend({ apiKey: { mode, spentThisMonth, monthlyBudget } }: { apiKey: ApiKeyView }) {
  if (mode === 'test') return <>Free</>;
  if (monthlyBudget === null) return <>{inCredits(spentThisMonth)}</>;
  const share = Math.min(100, Math.round((spentThisMonth / monthlyBudget) * 100));
  return (
    <>
      {formatCount(spentThisMonth)} of {inCredits(monthlyBudget)}
      <span aria-hidden="true" className="mt-1 block h-1 w-24 overflow-hidden rounded-full bg-sunken">
        <span className={cn('block h-full', share >= 100 ? 'bg-danger-solid' : 'bg-accent')} style={{ width: `${share}%` }} />
      </span>
    </>
  );
}
