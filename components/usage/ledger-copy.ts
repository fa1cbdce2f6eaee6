// The ledger's words on pages: what kind of line it is, and what a grant was for.
import type { LedgerKind, LedgerLine } from '@/lib/credits/rules/ledger';

const KIND_LABEL: Record<LedgerKind, string> = {
  grant: 'Credits given',
  capture: 'Charge',
  expire: 'Expired',
  refund: 'Refund',
  hold: 'Held',
  release: 'Given back',
};

/** What of a grant goes because its payment went back has not expired. */
export const kindLabel = ({ kind, cause }: Pick<LedgerLine, 'kind' | 'cause'>): string =>
  kind === 'expire' && cause.type === 'refund' ? 'Taken back' : KIND_LABEL[kind];

/** The filters, in their order; the first shows everything that moves the balance. */
export const LEDGER_FILTERS: readonly { kind: LedgerKind | null; label: string }[] = [
  { kind: null, label: 'All movements' },
  { kind: 'capture', label: 'Charges' },
  { kind: 'grant', label: 'Grants' },
  { kind: 'refund', label: 'Refunds' },
  { kind: 'expire', label: 'Expired and taken back' },
  { kind: 'hold', label: 'Holds' },
  { kind: 'release', label: 'Releases' },
];

const GRANT_WORDS = new Map([
  ['monthly', 'Free credits of the month'],
  ['plan', 'Credits of the plan'],
  ['purchase', 'Credit pack'],
  ['pack', 'Credit pack'],
  ['refund', 'Refunded credits'],
  ['returned', 'Credits back after a dispute'],
]);

export const grantWords = (grantKind: string | null): string => GRANT_WORDS.get(grantKind ?? '') ?? 'Gift';

/** Said under the table where the lines move nothing. */
export const isReservation = (kind: LedgerKind | null): boolean => kind === 'hold' || kind === 'release';
