// The ledger as pages, files and the API see it: plain values, dates as ISO 8601.
import { ENTRY_KINDS, type CauseType } from './ledger';

/** Entries move credits; holds reserve them and what they do not need is released. */
export const LEDGER_KINDS = [...ENTRY_KINDS, 'hold', 'release'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

export const isLedgerKind = (word: string): word is LedgerKind => LEDGER_KINDS.some((kind) => kind === word);

export interface LedgerLine {
  id: string;
  kind: LedgerKind;
  /** Signed change of the balance; of a hold what it holds, of a release what went back: these two move nothing. */
  amount: number;
  cause: {
    type: CauseType;
    id: string | null;
    /** The address, or the name of the list; null where there is none or it is gone. */
    label: string | null;
  };
  /** Of a grant, or of what of it expired: `monthly`, `plan`, `purchase`, … */
  grantKind: string | null;
  key: { id: string; name: string | null } | null;
  createdAt: string;
}

export interface LedgerPage {
  lines: LedgerLine[];
  nextCursor: string | null;
}
