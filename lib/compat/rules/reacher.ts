// An address and a list in Reacher's words (check-if-email-exists), and what its answer says for each of our reasons.
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import type { Reason } from '@/lib/verdict/verdict';
import { countBy, type Outcome, partsOf } from './outcome';

export function reacherAnswer(outcome: Outcome) {
  const { reason, flags } = outcome;
  const { reachable, syntax, acceptsMail, connects, delivers } = REACHER_FACTS[reason];
  const email = outcome.email.trim();
  const { local, domain } = partsOf(email);
  return {
    input: outcome.email,
    is_reachable: reachable,
    misc: {
      is_disposable: flags.disposable === true || reason === 'disposable',
      is_role_account: flags.role === true || reason === 'role_account',
      is_b2c: flags.free === true,
      gravatar_url: null,
      haveibeenpwned: null,
    },
    mx: { accepts_mail: acceptsMail, records: outcome.mxHost === null ? [] : [`${outcome.mxHost}.`] },
    smtp: {
      can_connect_smtp: connects,
      has_full_inbox: flags.mailbox_full === true || reason === 'mailbox_full',
      is_catch_all: flags.catch_all === true || reason === 'catch_all',
      is_deliverable: delivers,
      is_disabled: flags.mailbox_disabled === true || reason === 'mailbox_disabled',
    },
    syntax: {
      address: syntax ? email : null,
      domain,
      is_valid_syntax: syntax,
      username: local,
      normalized_email: syntax ? `${local}@${domain}` : null,
      suggestion: outcome.didYouMean,
    },
  };
}

export function reacherProgress(list: ListView, id: number) {
  const { progress, quote } = list;
  const zero: Record<ReacherWord, number> = { safe: 0, risky: 0, invalid: 0, unknown: 0 };
  const counts = countBy(list, (reason) => REACHER_FACTS[reason].reachable, zero);
  const total = quote?.rows ?? progress.total;
  return {
    job_id: id,
    created_at: list.createdAt,
    finished_at: list.finishedAt,
    total_records: total,
    // Clients wait until both are equal. Progress does not count rows that repeat another, nor those that are no address.
    total_processed: isSettled(list.status) ? total : progress.processed,
    summary: {
      total_safe: counts.safe,
      total_risky: counts.risky,
      total_invalid: counts.invalid,
      total_unknown: counts.unknown,
    },
    job_status: isSettled(list.status) ? 'Completed' : 'Running',
  };
}

export type ReacherWord = 'safe' | 'risky' | 'invalid' | 'unknown';

export interface ReacherFacts {
  reachable: ReacherWord;
  /** If false, nothing else is known. */
  syntax: boolean;
  acceptsMail: boolean;
  connects: boolean;
  delivers: boolean;
}

const facts = (reachable: ReacherWord, known: Partial<ReacherFacts> = {}): ReacherFacts => ({
  reachable,
  syntax: true,
  acceptsMail: true,
  connects: true,
  delivers: false,
  ...known,
});

const NOT_REACHED = { connects: false } as const;
const NO_MAIL = { acceptsMail: false, connects: false } as const;
const NO_SYNTAX = { ...NO_MAIL, syntax: false } as const;

export const REACHER_FACTS: Readonly<Record<Reason, ReacherFacts>> = {
  mailbox_exists: facts('safe', { delivers: true }),
  catch_all: facts('risky', { delivers: true }),
  disposable: facts('risky', NOT_REACHED),
  role_account: facts('risky', { delivers: true }),
  mailbox_full: facts('risky'),
  typo_domain: facts('invalid', NO_MAIL),
  blocklisted: facts('risky', NOT_REACHED),
  mailbox_not_found: facts('invalid'),
  mailbox_disabled: facts('invalid'),
  syntax_invalid: facts('invalid', NO_SYNTAX),
  provider_syntax: facts('invalid', NO_SYNTAX),
  domain_not_found: facts('invalid', NO_MAIL),
  no_mx: facts('invalid', NO_MAIL),
  null_mx: facts('invalid', NO_MAIL),
  mx_unroutable: facts('invalid', NO_MAIL),
  greylisted: facts('unknown'),
  rate_limited: facts('unknown'),
  probe_blocked: facts('unknown'),
  provider_unverifiable: facts('unknown', NOT_REACHED),
  connect_failed: facts('unknown', NOT_REACHED),
  no_response: facts('unknown', NOT_REACHED),
  disconnected: facts('unknown'),
  timeout: facts('unknown', NOT_REACHED),
  temporary_failure: facts('unknown'),
  dns_temporary_error: facts('unknown', NO_MAIL),
  smtp_protocol_error: facts('unknown', NOT_REACHED),
  ambiguous_reply: facts('unknown'),
  internal_error: facts('unknown', NOT_REACHED),
};
