// Reacher (check-if-email-exists): what its answer says for each of our reasons.
import type { Reason } from '@/lib/verdict/verdict';

export type ReacherWord = 'safe' | 'risky' | 'invalid' | 'unknown';

export interface ReacherFacts {
  reachable: ReacherWord;
  /** False: none of the rest is known. */
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
