// How pages describe the ledger: the kind of each line, and what a grant was for.
import type { LedgerKind, LedgerLine } from '@/lib/credits/rules/ledger';

const KIND_LABEL: Record<LedgerKind, string> = {
  grant: 'Credits given',
  capture: 'Charge',
  expire: 'Expired',
  refund: 'Refund',
  hold: 'Held',
  release: 'Given back',
};

/** Credits that were taken back because their payment was refunded have not expired, so they get a different label. */
export const kindLabel = ({ kind, cause }: Pick<LedgerLine, 'kind' | 'cause'>): string =>
  kind === 'expire' && cause.type === 'refund' ? 'Taken back' : KIND_LABEL[kind];

/** The filters in their order. The first shows everything that changes the balance. */
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

/** For lines that reserve credits: a note under the table says that they don't change the balance. */
export const isReservation = (kind: LedgerKind | null): boolean => kind === 'hold' || kind === 'release';
