import { Alert } from '@/components/ui/alert';
import type { ReversalView } from '@/lib/billing/rules/billing';
import { formatAmount } from '@/lib/billing/rules/offers';
import { formatCount } from '@/lib/platform/numbers';

const count = (credits: number): string => `${formatCount(credits)} ${credits === 1 ? 'credit' : 'credits'}`;

/** Payments that were recently refunded or disputed, with what happened to the credits they had paid for. */
export function ReversalNotices({ reversals }: { reversals: readonly ReversalView[] }) {
  return reversals.map((reversal) => (
    <Alert key={reversal.id} tone={reversal.kind === 'dispute' && reversal.state === 'taken' ? 'warning' : 'info'}>
      {sentence(reversal)}
    </Alert>
  ));
}

function sentence({ kind, state, what, amountCents, currency, wanted, taken }: ReversalView): string {
  const payment = `payment of ${formatAmount(amountCents, currency)} (${what})`;
  if (state === 'returned') {
    const back = taken === 0 ? '' : ` ${count(taken)} are back in the balance.`;
    return `The dispute about a ${payment} is over and the payment stands.${back}`;
  }
  const took =
    taken === 0
      ? 'No credits were left to take back.'
      : taken === wanted
        ? `${count(taken)} were taken back.`
        : `Of its ${count(wanted)}, ${formatCount(taken)} were left and were taken back.`;
  return kind === 'refund'
    ? `A ${payment} was refunded. ${took}`
    : `A ${payment} is disputed with your bank, which has taken the money back. ${took} They come back if the payment stands after all.`;
}
