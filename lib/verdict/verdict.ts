// The vocabulary of a verdict: a closed set of statuses and reasons, with one reason per verdict. Every screen, API answer, CLI line and
// database row uses these words and no others. Each reason belongs to exactly one status. Also here: what a workspace's policy recommends
// for a verdict, and the numbers that stand for reasons, grades and flags in the rows of a list.
import type { Grade } from './grade';

export const FINAL_STATUSES = ['deliverable', 'risky', 'unknown', 'undeliverable'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** Where counting by status begins. */
export const zeroCounts = (): Record<FinalStatus, number> => ({ deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 });

/** `pending` is shown while work goes on; it is never a final verdict. */
export const STATUSES = [...FINAL_STATUSES, 'pending'] as const;
export type Status = (typeof STATUSES)[number];

export const REASONS_BY_STATUS = {
  deliverable: ['mailbox_exists'],
  risky: ['catch_all', 'disposable', 'role_account', 'mailbox_full', 'typo_domain', 'blocklisted'],
  undeliverable: [
    'mailbox_not_found',
    'mailbox_disabled',
    'syntax_invalid',
    'provider_syntax',
    'domain_not_found',
    'no_mx',
    'null_mx',
    'mx_unroutable',
  ],
  unknown: [
    'greylisted',
    'rate_limited',
    'probe_blocked',
    'provider_unverifiable',
    'connect_failed',
    'no_response',
    'disconnected',
    'timeout',
    'temporary_failure',
    'dns_temporary_error',
    'smtp_protocol_error',
    'ambiguous_reply',
    'internal_error',
  ],
} as const satisfies Record<FinalStatus, readonly string[]>;

export type ReasonOf<S extends FinalStatus> = (typeof REASONS_BY_STATUS)[S][number];
export type Reason = ReasonOf<FinalStatus>;
export type UnknownReason = ReasonOf<'unknown'>;

export const REASONS: readonly Reason[] = FINAL_STATUSES.flatMap((status): readonly Reason[] => REASONS_BY_STATUS[status]);

const STATUS_OF = new Map<Reason, FinalStatus>(
  FINAL_STATUSES.flatMap((status) => REASONS_BY_STATUS[status].map((reason): [Reason, FinalStatus] => [reason, status])),
);

/** The one status a reason belongs to. */
export function statusOf(reason: Reason): FinalStatus {
  const status = STATUS_OF.get(reason);
  if (status === undefined) throw new Error(`reason without a status: ${reason}`);
  return status;
}

export const isReason = (word: string): word is Reason => REASONS.some((reason) => reason === word);
export const isStatus = (word: string): word is Status => STATUSES.some((status) => status === word);

export const FLAG_NAMES = [
  'catch_all',
  'disposable',
  'relay',
  'role',
  'free',
  'no_reply',
  'tagged',
  'mailbox_full',
  'mailbox_disabled',
  'idn',
  'security_gateway',
] as const;
export type FlagName = (typeof FLAG_NAMES)[number];

/** True, false, or null if nothing is known. */
export type Flags = Record<FlagName, boolean | null>;

/** A final verdict. `reason` is null only for offline runs that no offline layer decided (status `unknown`). */
export interface Verdict {
  status: FinalStatus;
  reason: Reason | null;
  /** 0–100: how likely it is that mail does not hard-bounce; null if there is no basis for an estimate. */
  score: number | null;
  flags: Flags;
}

/** What to do with an address: the workspace's policy turns a verdict into a recommendation. */
export const RECOMMENDATIONS = ['send', 'review', 'do_not_send', 'retry'] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

/** Presets are data. An entry for a reason overrides the entry for its status. */
interface Policy {
  byStatus: Record<FinalStatus, Recommendation>;
  byReason: Partial<Record<Reason, Recommendation>>;
}

const SIGNUP: Policy = {
  byStatus: { deliverable: 'send', risky: 'review', unknown: 'send', undeliverable: 'do_not_send' },
  byReason: { catch_all: 'send', disposable: 'do_not_send', blocklisted: 'do_not_send' },
};

export const POLICIES = {
  signup: SIGNUP,
  transactional: { ...SIGNUP, byReason: { ...SIGNUP.byReason, role_account: 'send' } },
  newsletter: {
    byStatus: { deliverable: 'send', risky: 'do_not_send', unknown: 'retry', undeliverable: 'do_not_send' },
    byReason: { catch_all: 'review', role_account: 'review' },
  },
  cold: {
    byStatus: { deliverable: 'send', risky: 'review', unknown: 'review', undeliverable: 'do_not_send' },
    byReason: { disposable: 'do_not_send', typo_domain: 'do_not_send', blocklisted: 'do_not_send' },
  },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof POLICIES;
export const POLICY_NAMES = ['signup', 'transactional', 'newsletter', 'cold'] as const satisfies readonly PolicyName[];
export const DEFAULT_POLICY: PolicyName = 'newsletter';

export const isPolicyName = (word: string): word is PolicyName => Object.hasOwn(POLICIES, word);

/** The policy that a stored word names. */
export const policyOf = (word: string): PolicyName => (isPolicyName(word) ? word : DEFAULT_POLICY);

/** A null reason (nothing was decided) counts as unknown. */
export function recommend(reason: Reason | null, policyName: PolicyName): Recommendation {
  const policy: Policy = POLICIES[policyName];
  if (reason === null) return policy.byStatus.unknown;
  return policy.byReason[reason] ?? policy.byStatus[statusOf(reason)];
}

/**
 * Small, stable numbers for the rows of a list. With words, a million rows and their indexes would be several times as large. A number
 * never changes its meaning; new words get new numbers.
 */
const REASON_CODES = {
  mailbox_exists: 1,
  catch_all: 10,
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

/**
 * The number of a catch-all answer includes its grade, so that whatever counts, filters or indexes rows by reason also does so by grade.
 * The number of the reason itself means `uncertain`, which is the grade of rows written before grades existed.
 */
const CATCH_ALL_CODES = { uncertain: REASON_CODES.catch_all, likely: 16, unlikely: 17 } as const satisfies Record<Grade, number>;

const REASON_OF_CODE: ReadonlyMap<number, Reason> = new Map<number, Reason>([
  ...REASONS.map((reason): [number, Reason] => [REASON_CODES[reason], reason]),
  ...Object.values(CATCH_ALL_CODES).map((code): [number, Reason] => [code, 'catch_all']),
]);
const GRADE_OF_CODE: ReadonlyMap<number, Grade> = new Map([
  [CATCH_ALL_CODES.likely, 'likely'],
  [CATCH_ALL_CODES.uncertain, 'uncertain'],
  [CATCH_ALL_CODES.unlikely, 'unlikely'],
]);

/** For an answer without a grade, or one that is not graded yet. */
export const codeOfReason = (reason: Reason): number => REASON_CODES[reason];

export const codeOfGrade = (grade: Grade): number => CATCH_ALL_CODES[grade];

/** All numbers of a reason. */
export const codesOfReason = (reason: Reason): readonly number[] =>
  reason === 'catch_all' ? Object.values(CATCH_ALL_CODES) : [REASON_CODES[reason]];

/** Null for every reason but `catch_all`. */
export const gradeOfCode = (code: number): Grade | null => GRADE_OF_CODE.get(code) ?? null;

/** Throws for a number that no reason has, because something else wrote that row. */
export function reasonOfCode(code: number): Reason {
  const reason = REASON_OF_CODE.get(code);
  if (reason === undefined) throw new Error(`no reason has the number ${code}`);
  return reason;
}

export const codesOfStatus = (status: FinalStatus): readonly number[] =>
  REASONS_BY_STATUS[status].flatMap((reason) => codesOfReason(reason));

/** Of answers that are given only once: what is unknown may be known later, and a blocklist is read anew for each check. */
export const CODES_NOT_REMEMBERED: readonly number[] = [...codesOfStatus('unknown'), ...codesOfReason('blocklisted')];

/** Bits per flag: 0 unknown, 1 false, 2 true. Flags are in the order of FLAG_NAMES, which only grows at its end. */
const FLAG_BITS = 2;

export function packFlags(flags: Flags): number {
  return FLAG_NAMES.reduce((packed, name, at) => {
    const value = flags[name];
    const bits = value === null ? 0 : value ? 2 : 1;
    return packed | (bits << (at * FLAG_BITS));
  }, 0);
}

export function unpackFlags(packed: number): Flags {
  const read = (name: FlagName): boolean | null => {
    const bits = (packed >> (FLAG_NAMES.indexOf(name) * FLAG_BITS)) & 3;
    return bits === 0 ? null : bits === 2;
  };
  return {
    catch_all: read('catch_all'),
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
