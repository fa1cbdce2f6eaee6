// What a start holds and costs at most, and what its button says. The server computes it again; this is what the page shows until then.
import type { StartMode } from '@/lib/lists/rules/list';
import { formatCount } from '@/lib/platform/numbers';

export interface StartChoice {
  mode: StartMode;
  /** Null: no cap. */
  cap: number | null;
}

export interface StartPrice {
  /** Credits that are set aside at the start, and the most it can cost until then. */
  upTo: number;
  /** Credits that are missing for this choice to start. */
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
