// A row of the truth: an address, what must be said of it, and why. The status follows from the reason. Where nobody outside can
// know, the reason is one of `unknown`, and `why` says what stands in the way.
import type { FlagName, Reason } from '@/lib/verdict/verdict';
import type { MailHostName } from '../mail-hosts';

export interface Truth {
  address: string;
  reason: Reason;
  why: string;
  /** Null where no mail host is to be asked. */
  host: MailHostName | null;
  /** Flags that must hold as well. */
  flags: Partial<Record<FlagName, boolean>>;
}

export type Row = readonly [address: string, reason: Reason, why: string, flags?: Partial<Record<FlagName, boolean>>];

export const at = (host: MailHostName | null, rows: readonly Row[]): Truth[] =>
  rows.map(([address, reason, why, flags]) => ({ address, reason, why, host, flags: flags ?? {} }));

/** Several names of one domain with one fate; names are parted by spaces. */
export const each = (names: string, domain: string, fate: readonly [reason: Reason, why: string]): Row[] =>
  names.split(' ').map((name): Row => [`${name}@${domain}`, ...fate]);
