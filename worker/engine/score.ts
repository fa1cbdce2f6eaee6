// The score: an estimate, 0–100, that mail would not hard-bounce. It is a base per reason plus a few adjustments, all of them data with
// their basis. Guarantees: `explainScore` returns exactly the weights that `scoreOf` adds, and the same findings give the same score. The
// score is an estimate because the weights are a judgment until enough real outcomes have been reported
// (lib/verifications/rules/calibration.ts measures how far off they are). Without any basis there is no score.
import type { Reason } from '@/lib/verdict/verdict';
import type { Findings } from './findings';

export interface Weight {
  points: number;
  /** What the points rest on, in plain words. */
  basis: string;
}

/** The base for each reason; null: nothing was seen that a probability could rest on. */
export const BASE_SCORES: Readonly<Record<Reason, Weight | null>> = {
  mailbox_exists: { points: 95, basis: 'the host accepts this name and not every name' },
  role_account: { points: 93, basis: 'as a mailbox that exists; role names are reorganised away more often' },
  catch_all: { points: 60, basis: 'the domain takes every name; many catch-all domains bounce or drop later' },
  mailbox_full: { points: 45, basis: 'the mailbox exists; one that stays full is often abandoned and bounces for good' },
  disposable: { points: 60, basis: 'the mailbox answered today; disposable mailboxes live for hours' },
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

/** Adjustments once the host has accepted the name. */
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
  {
    points: -5,
    basis: 'a forwarding service answered; the mailbox behind it may refuse later',
    when: ({ smtp }) => smtp?.facts.provider?.class === 'relay',
  },
  {
    points: -20,
    basis: 'the mail hosts belong to a closed service or to a parked name',
    when: ({ smtp }) => smtp?.facts.provider?.class === 'parking',
  },
  {
    points: -3,
    basis: 'the domain has no MX record; its own address takes the mail',
    when: ({ mx }) => mx?.facts.implicit === true,
  },
];

/** Not the interface itself, because this goes into answers as JSON. */
type Weights = Pick<Weight, 'points' | 'basis'>[];
const NO_SCORE: Weights = [];

/** The weights of a score: the reason's base, then its adjustments. Empty if there is no score. The array is shared: do not modify it. */
export function explainScore(reason: Reason, findings: Findings): Weights {
  const base = BASE_SCORES[reason];
  if (base === null) return NO_SCORE;
  const mailbox = findings.smtp?.facts.mailbox;
  const accepted = mailbox?.kind === 'reply' && mailbox.meaning === 'accepted';
  // A list alone tells what kind of mailbox it is, not whether mail to it bounces.
  if ((reason === 'disposable' || reason === 'typo_domain') && !accepted) return NO_SCORE;
  return weightsOf(reason, base, accepted ? adjustmentsFor(findings) : 0);
}

/** One bit for each adjustment that applies. */
function adjustmentsFor(findings: Findings): number {
  let bits = 0;
  let bit = 1;
  for (const { when } of ADJUSTMENTS) {
    if (when(findings)) bits |= bit;
    bit <<= 1;
  }
  return bits;
}

/** There are few combinations, and each address asks for its weights twice. */
const known = new Map<Reason, Map<number, Weights>>();

function weightsOf(reason: Reason, base: Weight, moved: number): Weights {
  const ofReason = known.get(reason) ?? new Map<number, Weights>();
  known.set(reason, ofReason);
  const kept = ofReason.get(moved);
  if (kept !== undefined) return kept;
  const adjustments = ADJUSTMENTS.filter((_, at) => (moved & (1 << at)) !== 0);
  const weights = [base, ...adjustments].map(({ points, basis }) => ({ points, basis }));
  ofReason.set(moved, weights);
  return weights;
}

export function scoreOf(reason: Reason, findings: Findings): number | null {
  const weights = explainScore(reason, findings);
  if (weights.length === 0) return null;
  const points = weights.reduce((sum, weight) => sum + weight.points, 0);
  return Math.min(100, Math.max(0, points));
}
