// A row of the truth: an address, the right answer, and why. The status follows from the reason. If nobody outside can know, the reason is
// one of `unknown`, and `why` says what prevents it.
import type { FlagName, Reason } from '@/lib/verdict/verdict';
import type { MailHostName } from '../mail-hosts';

export interface Truth {
  address: string;
  reason: Reason;
  why: string;
  /** Null if no mail host may be asked. */
  host: MailHostName | null;
  /** Flags that must be set as well. */
  flags: Partial<Record<FlagName, boolean>>;
}

export type Row = readonly [address: string, reason: Reason, why: string, flags?: Partial<Record<FlagName, boolean>>];

export const at = (host: MailHostName | null, rows: readonly Row[]): Truth[] =>
  rows.map(([address, reason, why, flags]) => ({ address, reason, why, host, flags: flags ?? {} }));

/** Several names of one domain with the same answer; names are separated by spaces. */
export const each = (names: string, domain: string, fate: readonly [reason: Reason, why: string]): Row[] =>
  names.split(' ').map((name): Row => [`${name}@${domain}`, ...fate]);
