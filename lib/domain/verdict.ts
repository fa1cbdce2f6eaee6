// The words of a verdict: a closed set of statuses and reasons, one reason a verdict. Every screen, API answer, CLI line
// and database row uses these words and no others. Promises that each reason belongs to exactly one status.

export const FINAL_STATUSES = ['deliverable', 'risky', 'unknown', 'undeliverable'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** `pending` is shown while work goes on; it is never a final verdict. */
export const STATUSES = [...FINAL_STATUSES, 'pending'] as const;
export type Status = (typeof STATUSES)[number];

export const REASONS_BY_STATUS = {
  deliverable: ['mailbox_exists'],
  risky: ['accept_all', 'disposable', 'role_account', 'mailbox_full', 'typo_domain', 'blocklisted'],
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
  'accept_all',
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

/** true, false, or null where nothing is known. */
export type Flags = Record<FlagName, boolean | null>;

/** A final verdict. `reason` is null only for offline runs that no offline layer decided (status `unknown`). */
export interface Verdict {
  status: FinalStatus;
  reason: Reason | null;
  /** 0–100: estimate that mail would not hard-bounce; null where there is no basis. */
  score: number | null;
  flags: Flags;
}
