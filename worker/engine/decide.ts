// Makes one verdict from what the layers found: a ladder of rules, of which the first that applies wins. Pure. Guarantees: only the
// recipient meanings, syntax, domain and mx can make an address undeliverable, and only an accepted RCPT can make it deliverable.
// The customer's own blocklist ranks above this ladder and is not the engine's business.
import type { ReplyMeaning, TransportFailure } from '@/lib/verdict/evidence';
import { statusOf, type Flags, type Reason, type UnknownReason, type Verdict } from '@/lib/verdict/verdict';
import type { Findings } from './findings';
import type { CatchAllOutcome, MailboxOutcome } from './ports';
import { scoreOf } from './score';

export interface Found {
  findings: Findings;
  /** A layer crashed; its finding is missing. */
  crashed: boolean;
}

/** The reason for each reply about the mailbox. An acceptance has none yet: the ladder decides what it is worth. */
const REASON_OF_MEANING = {
  accepted: null,
  mailbox_not_found: 'mailbox_not_found',
  mailbox_disabled: 'mailbox_disabled',
  mailbox_full: 'mailbox_full',
  greylisted: 'greylisted',
  rate_limited: 'rate_limited',
  temporary_failure: 'temporary_failure',
  sender_blocked: 'probe_blocked',
  sender_rejected: 'probe_blocked',
  relay_denied: 'probe_blocked',
  policy_other: 'probe_blocked',
  // The SMTP port gives this meaning only when every mail host of the domain said so.
  domain_not_hosted: 'mailbox_not_found',
  ambiguous: 'ambiguous_reply',
} as const satisfies Record<ReplyMeaning, Reason | null>;

/** The reason for an undecided probe. It never says anything about the mailbox, which the probe did not ask about. */
const REASON_OF_PROBE: Readonly<Record<ReplyMeaning | TransportFailure, UnknownReason>> = {
  accepted: 'ambiguous_reply',
  mailbox_not_found: 'ambiguous_reply',
  mailbox_disabled: 'ambiguous_reply',
  mailbox_full: 'ambiguous_reply',
  greylisted: 'greylisted',
  rate_limited: 'rate_limited',
  temporary_failure: 'temporary_failure',
  sender_blocked: 'probe_blocked',
  sender_rejected: 'probe_blocked',
  relay_denied: 'probe_blocked',
  policy_other: 'probe_blocked',
  domain_not_hosted: 'probe_blocked',
  ambiguous: 'ambiguous_reply',
  connect_failed: 'connect_failed',
  no_response: 'no_response',
  disconnected: 'disconnected',
  smtp_protocol_error: 'smtp_protocol_error',
  timeout: 'timeout',
};

type Rung = (found: Found) => Reason | null;

const LADDER: readonly Rung[] = [
  ({ findings }) => whenUndeliverable(earlyEnd(findings)),
  ({ findings }) => whenUndeliverable(reasonOfMailbox(findings.smtp?.facts.mailbox)),
  ({ findings }) => (findings.disposable?.facts.disposable ? 'disposable' : null),
  ({ findings }) => (findings.disposable?.facts.typo?.known === true ? 'typo_domain' : null),
  ({ findings }) => (reasonOfMailbox(findings.smtp?.facts.mailbox) === 'mailbox_full' ? 'mailbox_full' : null),
  unknownReason,
  ({ findings }) => (wasAccepted(findings) && catchAllOf(findings).kind === 'accepts_all' ? 'catch_all' : null),
  ({ findings }) => (wasAccepted(findings) && findings.role?.facts.role ? 'role_account' : null),
  ({ findings }) => (wasAccepted(findings) ? 'mailbox_exists' : null),
];

export function decide(found: Found): Verdict {
  const flags = flagsOf(found.findings);
  for (const rung of LADDER) {
    const reason = rung(found);
    if (reason !== null) return { status: statusOf(reason), reason, score: scoreOf(reason, found.findings), flags };
  }
  return { status: 'unknown', reason: null, score: null, flags };
}

/** Why we cannot tell, if an SMTP answer, a probe or DNS left it open; otherwise null. */
function unknownReason({ findings, crashed }: Found): Reason | null {
  if (crashed) return 'internal_error';
  const ended = earlyEnd(findings);
  if (ended !== null) return ended;
  if (!wasAccepted(findings)) return reasonOfMailbox(findings.smtp?.facts.mailbox);

  const catchAll = catchAllOf(findings);
  const acceptance = findings.smtp?.facts.provider?.acceptance ?? 'probe';
  if (acceptance === 'worthless') return 'provider_unverifiable';
  if (DECIDED.includes(catchAll.kind) || acceptance === 'truthful') return null;
  return catchAll.kind === 'undecided' ? REASON_OF_PROBE[catchAll.meaning] : 'provider_unverifiable';
}

const earlyEnd = ({ syntax, domain, mx }: Findings): Reason | null =>
  syntax?.endsWith ?? domain?.endsWith ?? mx?.endsWith ?? null;

const whenUndeliverable = (reason: Reason | null): Reason | null =>
  reason !== null && statusOf(reason) === 'undeliverable' ? reason : null;

function reasonOfMailbox(outcome: MailboxOutcome | undefined): Reason | null {
  if (outcome === undefined) return null;
  return outcome.kind === 'failure' ? outcome.failure : REASON_OF_MEANING[outcome.meaning];
}

function wasAccepted({ smtp }: Findings): boolean {
  return smtp?.facts.mailbox.kind === 'reply' && smtp.facts.mailbox.meaning === 'accepted';
}

const DECIDED: readonly CatchAllOutcome['kind'][] = ['accepts_all', 'refuses_unknown', 'refuses_others'];
const catchAllOf = (findings: Findings): CatchAllOutcome => findings.smtp?.facts.catchAll ?? { kind: 'not_asked' };

function flagsOf(findings: Findings): Flags {
  const { syntax, mx, disposable, role, smtp } = findings;
  const readable = syntax !== undefined && syntax.facts.domain !== null;
  const provider = smtp?.facts.provider ?? mx?.facts.provider ?? null;
  const mailbox = smtp?.facts.mailbox;
  const meaning = mailbox?.kind === 'reply' ? mailbox.meaning : null;
  return {
    catch_all: catchAllFlag(findings),
    disposable: disposable === undefined ? null : disposable.facts.disposable !== null,
    relay: disposable === undefined ? null : disposable.facts.relay !== null,
    role: role === undefined ? null : role.facts.role !== null,
    free: role?.facts.free ?? null,
    no_reply: role?.facts.noReply ?? null,
    tagged: readable ? syntax.facts.tagged : null,
    mailbox_full: meaning === 'mailbox_full' ? true : meaning === 'accepted' ? false : null,
    mailbox_disabled: meaning === 'mailbox_disabled' ? true : meaning === 'accepted' || meaning === 'mailbox_full' ? false : null,
    idn: readable ? syntax.facts.idn : null,
    security_gateway: provider === null ? null : provider.class === 'gateway',
  };
}

/** Null for a host that takes every name and bounces later: that does not show that the domain's owner has a catch-all. */
function catchAllFlag(findings: Findings): boolean | null {
  const { kind } = catchAllOf(findings);
  if (kind === 'refuses_unknown') return false;
  return kind === 'accepts_all' && findings.smtp?.facts.provider?.acceptance !== 'worthless' ? true : null;
}
