// An address and a list in Kickbox v2's words, and an address in Emailable v1's, which has the same eleven reasons: a result and a reason
// for each of ours, and the names that Kickbox's test keys answer to.
import type { ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import type { Reason } from '@/lib/verdict/verdict';
import { isStuck, type Outcome, partsOf, wordsOf } from './outcome';

const testNameOf = ({ email, test }: Outcome): string | undefined =>
  test ? wordsOf(email.trim()).find((word) => KICKBOX_TEST_NAMES.has(word)) : undefined;

export function kickboxCodes(outcome: Outcome): KickboxCodes {
  const asked = KICKBOX_TEST_NAMES.get(testNameOf(outcome) ?? '');
  return asked ?? KICKBOX_CODES[outcome.reason];
}

export function kickboxAnswer(outcome: Outcome) {
  const [result, reason] = kickboxCodes(outcome);
  const asked = testNameOf(outcome);
  const { flags, score, didYouMean } = outcome;
  const email = outcome.email.trim();
  const { local, domain } = partsOf(email);
  return {
    result,
    reason,
    role: asked === 'role' || flags.role === true,
    free: flags.free === true,
    disposable: asked === 'disposable' || flags.disposable === true,
    accept_all: asked === 'accept-all' || flags.catch_all === true,
    did_you_mean: asked === 'did-you-mean' ? `did-you-mean@${domain}` : didYouMean,
    sendex: score === null ? 0 : score / 100,
    email: email.toLowerCase(),
    user: local.toLowerCase(),
    domain,
    success: true,
    message: null,
  };
}

/** The columns that they add to those of a file: the fields of a single answer, under their documented names. */
export const KICKBOX_COLUMNS = [
  'result',
  'reason',
  'role',
  'free',
  'disposable',
  'accept_all',
  'did_you_mean',
  'sendex',
] as const;

export function kickboxCells(outcome: Outcome) {
  const said = kickboxAnswer(outcome);
  return KICKBOX_COLUMNS.map((name) => said[name]);
}

export function emailableAnswer(outcome: Outcome) {
  const [state, reason] = KICKBOX_CODES[outcome.reason];
  const { flags } = outcome;
  const email = outcome.email.trim();
  const { local, domain } = partsOf(email);
  const plus = local.indexOf('+');
  return {
    email,
    state,
    reason,
    score: outcome.score ?? 0,
    domain,
    user: plus === -1 ? local : local.slice(0, plus),
    tag: plus === -1 ? null : local.slice(plus + 1),
    accept_all: flags.catch_all === true,
    did_you_mean: outcome.didYouMean,
    disposable: flags.disposable === true,
    free: flags.free === true,
    role: flags.role === true,
    no_reply: flags.no_reply === true,
    mailbox_full: flags.mailbox_full === true || outcome.reason === 'mailbox_full',
    mx_record: outcome.mxHost,
    smtp_provider: outcome.provider,
    first_name: null,
    last_name: null,
    full_name: null,
    gender: null,
    duration: outcome.durationMs / 1_000,
  };
}

const JOB_STATUS: Readonly<Record<ListStatus, 'starting' | 'processing' | 'completed' | 'failed'>> = {
  uploading: 'starting',
  parsing: 'starting',
  ready: 'starting',
  queued: 'starting',
  running: 'processing',
  paused: 'processing',
  completed: 'completed',
  cancelled: 'completed',
  failed: 'failed',
  expired: 'completed',
};

export const kickboxJobStatus = (list: ListView): string => (isStuck(list) ? 'failed' : JOB_STATUS[list.status]);

export type KickboxResult = 'deliverable' | 'undeliverable' | 'risky' | 'unknown';
/** Each of the eleven reasons at zero. */
export const NO_KICKBOX_REASONS = {
  accepted_email: 0,
  invalid_email: 0,
  invalid_domain: 0,
  rejected_email: 0,
  invalid_smtp: 0,
  low_quality: 0,
  low_deliverability: 0,
  no_connect: 0,
  timeout: 0,
  unavailable_smtp: 0,
  unexpected_error: 0,
};
export type KickboxReason = keyof typeof NO_KICKBOX_REASONS;
type KickboxCodes = readonly [KickboxResult, KickboxReason];

export const KICKBOX_CODES: Readonly<Record<Reason, KickboxCodes>> = {
  mailbox_exists: ['deliverable', 'accepted_email'],
  catch_all: ['risky', 'low_deliverability'],
  disposable: ['risky', 'low_quality'],
  role_account: ['risky', 'low_quality'],
  mailbox_full: ['risky', 'low_deliverability'],
  typo_domain: ['undeliverable', 'invalid_domain'],
  blocklisted: ['risky', 'low_quality'],
  mailbox_not_found: ['undeliverable', 'rejected_email'],
  mailbox_disabled: ['undeliverable', 'rejected_email'],
  syntax_invalid: ['undeliverable', 'invalid_email'],
  provider_syntax: ['undeliverable', 'invalid_email'],
  domain_not_found: ['undeliverable', 'invalid_domain'],
  no_mx: ['undeliverable', 'invalid_domain'],
  null_mx: ['undeliverable', 'invalid_domain'],
  mx_unroutable: ['undeliverable', 'invalid_domain'],
  greylisted: ['unknown', 'unavailable_smtp'],
  rate_limited: ['unknown', 'unavailable_smtp'],
  probe_blocked: ['unknown', 'unavailable_smtp'],
  provider_unverifiable: ['unknown', 'unavailable_smtp'],
  connect_failed: ['unknown', 'no_connect'],
  no_response: ['unknown', 'no_connect'],
  disconnected: ['unknown', 'unavailable_smtp'],
  timeout: ['unknown', 'timeout'],
  temporary_failure: ['unknown', 'unavailable_smtp'],
  dns_temporary_error: ['unknown', 'timeout'],
  // They say undeliverable, we say unknown. Clients that move from there expect their word.
  smtp_protocol_error: ['undeliverable', 'invalid_smtp'],
  ambiguous_reply: ['unknown', 'unexpected_error'],
  internal_error: ['unknown', 'unexpected_error'],
};

/** Recognized as the local part or its +tag. `insufficient-balance` asks for a refusal. */
export const KICKBOX_TEST_NAMES: ReadonlyMap<string, KickboxCodes> = new Map<string, KickboxCodes>([
  ['deliverable', ['deliverable', 'accepted_email']],
  ['did-you-mean', ['deliverable', 'accepted_email']],
  ['rejected-email', ['undeliverable', 'rejected_email']],
  ['invalid-domain', ['undeliverable', 'invalid_domain']],
  ['invalid-email', ['undeliverable', 'invalid_email']],
  ['invalid-smtp', ['undeliverable', 'invalid_smtp']],
  ['low-quality', ['risky', 'low_quality']],
  ['low-deliverability', ['risky', 'low_deliverability']],
  ['accept-all', ['risky', 'low_deliverability']],
  ['role', ['risky', 'low_quality']],
  ['disposable', ['risky', 'low_quality']],
  ['timeout', ['unknown', 'timeout']],
  ['unexpected-error', ['unknown', 'unexpected_error']],
  ['no-connect', ['unknown', 'no_connect']],
  ['unavailable-smtp', ['unknown', 'unavailable_smtp']],
]);

export const KICKBOX_TEST_NO_BALANCE = 'insufficient-balance';
