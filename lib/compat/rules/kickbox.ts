// An address and a list in the words of Kickbox v2, and an address in those of Emailable v1.
import type { ListStatus } from '@/lib/lists/rules/list';
import { KICKBOX_CODES, KICKBOX_TEST_NAMES, type KickboxCodes } from './kickbox.data';
import type { ListView } from '@/lib/lists/rules/view';
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

/** The columns that they put beside those of a file: the fields of a single answer, by the names that those are documented with. */
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
