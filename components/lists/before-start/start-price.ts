// What a start can cost at most, and the label of its button. The server computes the price again; the page shows this one until then.
import type { StartMode } from '@/lib/lists/rules/list';
import { formatCount } from '@/lib/platform/numbers';

export interface StartChoice {
  mode: StartMode;
  /** Null for no cap. */
  cap: number | null;
}

export interface StartPrice {
  /** Credits that are set aside at the start: the most that this run can cost. */
  upTo: number;
  /** Credits that this choice still needs in order to start. */
  missing: number;
}

interface Purse {
  maxCredits: number;
  available: number;
}

export function priceOf({ mode, cap }: StartChoice, { maxCredits, available }: Purse): StartPrice {
  if (mode === 'full') return { upTo: maxCredits, missing: Math.max(0, maxCredits - available) };
  const upTo = Math.min(maxCredits, available, cap ?? maxCredits);
  return { upTo, missing: maxCredits > 0 && available === 0 ? 1 : 0 };
}

export function startLabel(addresses: number, upTo: number): string {
  const what = `Verify ${formatCount(addresses)} ${addresses === 1 ? 'address' : 'addresses'}`;
  return upTo === 0 ? `${what} · free` : `${what} · up to ${formatCount(upTo)} ${upTo === 1 ? 'credit' : 'credits'}`;
}
