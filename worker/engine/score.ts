// The score: an estimate, 0–100, that mail would not hard-bounce. Not calibrated yet: these weights are judgement, each with
// its basis, until feedback from real bounces replaces them. null where there is no basis at all.
import type { Reason } from '@/lib/domain/verdict';
import type { Findings } from './findings';

interface Weight {
  points: number;
  basis: string;
}

/** Where each verdict starts; null: nothing was seen that a probability could rest on. */
export const BASE_SCORES: Readonly<Record<Reason, Weight | null>> = {
  mailbox_exists: { points: 95, basis: 'the host accepts this name and not every name' },
  role_account: { points: 93, basis: 'as a mailbox that exists; role names are reorganised away more often' },
  accept_all: { points: 60, basis: 'the domain takes every name; many catch-all domains bounce or drop later' },
  mailbox_full: { points: 45, basis: 'the mailbox exists; one that stays full is often abandoned and bounces for good' },
  disposable: { points: 60, basis: 'the mailbox answered today; throw-away mailboxes live for hours' },
  typo_domain: { points: 40, basis: 'somebody takes the mail, hardly the person meant' },
  blocklisted: null,
  mailbox_not_found: { points: 2, basis: 'the host says so; the odd host lies to strangers' },
  mailbox_disabled: { points: 4, basis: 'the host says so; some mailboxes come back' },
  syntax_invalid: { points: 0, basis: 'no mail server takes it' },
  provider_syntax: { points: 1, basis: 'the provider has no such names' },
  domain_not_found: { points: 1, basis: 'NXDOMAIN' },
  no_mx: { points: 1, basis: 'nobody takes the mail' },
  null_mx: { points: 0, basis: 'the domain says that it takes no mail' },
  mx_unroutable: { points: 2, basis: 'no mail host can be reached from the public internet' },
  greylisted: null,
  rate_limited: null,
  probe_blocked: null,
  provider_unverifiable: null,
  connect_failed: null,
  no_response: null,
  disconnected: null,
  timeout: null,
  temporary_failure: null,
  dns_temporary_error: null,
  smtp_protocol_error: null,
  ambiguous_reply: null,
  internal_error: null,
};

/** What moves a score once the host accepted the name. */
export const ADJUSTMENTS: readonly (Weight & { when: (findings: Findings) => boolean })[] = [
  {
    points: 3,
    basis: 'the provider is known to refuse unknown names',
    when: ({ smtp }) => smtp?.facts.provider?.acceptance === 'truthful',
  },
  {
    points: -5,
    basis: 'a security gateway answered, not the mailbox host behind it',
    when: ({ smtp }) => smtp?.facts.provider?.class === 'gateway',
  },
  { points: -10, basis: 'a program reads this mail', when: ({ smtp }) => smtp?.facts.provider?.class === 'program' },
  { points: -20, basis: 'a closed service runs the mail hosts', when: ({ smtp }) => smtp?.facts.provider?.class === 'parking' },
];

export function scoreOf(reason: Reason, findings: Findings): number | null {
  const base = BASE_SCORES[reason];
  if (base === null) return null;
  const mailbox = findings.smtp?.facts.mailbox;
  const accepted = mailbox?.kind === 'reply' && mailbox.meaning === 'accepted';
  // A list alone says what kind of mailbox it is, not whether mail to it bounces.
  if ((reason === 'disposable' || reason === 'typo_domain') && !accepted) return null;
  const moved = accepted ? ADJUSTMENTS.filter(({ when }) => when(findings)) : [];
  const points = moved.reduce((sum, weight) => sum + weight.points, base.points);
  return Math.min(100, Math.max(0, points));
}
