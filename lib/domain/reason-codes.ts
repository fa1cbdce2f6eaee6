// Small, stable numbers for reasons and flags, as the rows of a list keep them: a million rows with words would be several times as
// large, and so would their indexes. Promises that a number once given never means anything else; new words get new numbers.
import { FLAG_NAMES, type FinalStatus, type Flags, type Reason, REASONS_BY_STATUS } from './verdict';

const CODES = {
  mailbox_exists: 1,
  accept_all: 10,
  disposable: 11,
  role_account: 12,
  mailbox_full: 13,
  typo_domain: 14,
  blocklisted: 15,
  mailbox_not_found: 20,
  mailbox_disabled: 21,
  syntax_invalid: 22,
  provider_syntax: 23,
  domain_not_found: 24,
  no_mx: 25,
  null_mx: 26,
  mx_unroutable: 27,
  greylisted: 40,
  rate_limited: 41,
  probe_blocked: 42,
  provider_unverifiable: 43,
  connect_failed: 44,
  no_response: 45,
  disconnected: 46,
  timeout: 47,
  temporary_failure: 48,
  dns_temporary_error: 49,
  smtp_protocol_error: 50,
  ambiguous_reply: 51,
  internal_error: 52,
} as const satisfies Record<Reason, number>;

const REASON_OF: ReadonlyMap<number, Reason> = new Map(
  Object.values(REASONS_BY_STATUS).flatMap((reasons) => reasons.map((reason): [number, Reason] => [CODES[reason], reason])),
);

export const codeOfReason = (reason: Reason): number => CODES[reason];

/** Throws for a number that no reason has: such a row was written by something else. */
export function reasonOfCode(code: number): Reason {
  const reason = REASON_OF.get(code);
  if (reason === undefined) throw new Error(`no reason has the number ${code}`);
  return reason;
}

export const codesOfStatus = (status: FinalStatus): readonly number[] => REASONS_BY_STATUS[status].map((reason) => CODES[reason]);

/** Bits a flag: 0 not known, 1 false, 2 true; in the order of FLAG_NAMES, which only ever grows at its end. */
const BITS = 2;

export function packFlags(flags: Flags): number {
  return FLAG_NAMES.reduce((packed, name, at) => {
    const value = flags[name];
    const bits = value === null ? 0 : value ? 2 : 1;
    return packed | (bits << (at * BITS));
  }, 0);
}

export function unpackFlags(packed: number): Flags {
  const read = (name: (typeof FLAG_NAMES)[number]): boolean | null => {
    const bits = (packed >> (FLAG_NAMES.indexOf(name) * BITS)) & 3;
    return bits === 0 ? null : bits === 2;
  };
  return {
    accept_all: read('accept_all'),
    disposable: read('disposable'),
    relay: read('relay'),
    role: read('role'),
    free: read('free'),
    no_reply: read('no_reply'),
    tagged: read('tagged'),
    mailbox_full: read('mailbox_full'),
    mailbox_disabled: read('mailbox_disabled'),
    idn: read('idn'),
    security_gateway: read('security_gateway'),
  };
}
