// Layer 6: what does the mail host say to RCPT TO? The port does everything on the wire; this layer asks the question and puts the answer
// into plain words. The port keeps the deadline itself; the grace period here only catches a port that does not.
import type { JsonValue, LayerStatus, ReplyMeaning, TransportFailure } from '@/lib/verdict/evidence';
import type { Provider } from '@/lib/verdict/mail-host';
import { type Finding, type Layer, type SmtpFacts, mailboxOf, makeFinding } from '../findings';
import type { MailboxAnswer, MailboxOutcome } from '../ports';
import { withinDeadline } from '../deadlines';

const DEADLINE_GRACE_MS = 1_000;

export const smtpLayer: Layer<'smtp'> = (subject, soFar, ports) => {
  const { hosts = [], provider = null } = soFar.mx?.facts ?? {};
  const { deadline, triplet, isSingle = false } = subject;
  const { localPart, domain, needsSmtpUtf8 } = mailboxOf(soFar);
  const question = { localPart, domain, needsSmtpUtf8, hosts, provider, deadline, triplet, isSingle };
  const standsStillMs = Math.max(0, deadline - ports.clock.now());
  const asked = withinDeadline(ports.smtp.ask(question), deadline + standsStillMs + DEADLINE_GRACE_MS, ports.clock);
  return Promise.resolve(asked).then((answer) => findingOf(answer ?? TOO_LATE, provider));
};

function findingOf({ mailbox, catchAll, provider, triplet, evidence }: MailboxAnswer, byMx: Provider | null): Finding<'smtp'> {
  const facts: SmtpFacts = { mailbox, catchAll, provider: provider ?? byMx, triplet };
  const { status, summary } = sayOutcome(mailbox);
  return makeFinding('smtp', { status, summary, facts, details: detailsOf(mailbox), evidence });
}

const TOO_LATE: MailboxAnswer = {
  mailbox: { kind: 'failure', failure: 'timeout', detail: 'no answer in time', host: null },
  catchAll: { kind: 'not_asked' },
  provider: null,
  evidence: [],
  triplet: null,
};

const REPLIES: Readonly<Record<ReplyMeaning, readonly [LayerStatus, string]>> = {
  accepted: ['passed', 'The server accepts mail for this mailbox'],
  mailbox_not_found: ['failed', 'The server says this mailbox does not exist'],
  mailbox_disabled: ['failed', 'The server says this mailbox is disabled'],
  mailbox_full: ['warning', 'The server says this mailbox is full'],
  greylisted: ['unknown', 'The server asked us to come back later, as it does with every newcomer'],
  rate_limited: ['unknown', 'The server says that too much is coming in at the moment'],
  sender_blocked: ['unknown', 'The server refuses to talk to our address; that says nothing about the mailbox'],
  sender_rejected: ['unknown', 'The server refuses us as a sender; that says nothing about the mailbox'],
  relay_denied: ['unknown', 'The server would not pass the mail on for us; that says nothing about the mailbox'],
  domain_not_hosted: ['failed', 'Every mail host of the domain says that it does not take mail for it'],
  temporary_failure: ['unknown', 'The server has a problem of its own at the moment'],
  policy_other: ['unknown', 'The server refuses by a rule of its own; that says nothing about the mailbox'],
  ambiguous: ['unknown', 'The server’s reply can mean several things'],
};

const FAILURES: Readonly<Record<TransportFailure, string>> = {
  connect_failed: 'No mail host of the domain could be reached.',
  no_response: 'The mail host was reached but did not answer in time.',
  disconnected: 'The mail host closed the connection before it answered.',
  smtp_protocol_error: 'Something answers there, but it does not speak SMTP.',
  timeout: 'There was no answer within the time allowed.',
};

const NOT_ASKED_YET = 'The mail host has not been asked yet, because of our own limits. It is asked as soon as they allow it.';

function sayOutcome(outcome: MailboxOutcome): { status: LayerStatus; summary: string } {
  if (outcome.kind === 'failure') {
    return { status: 'unknown', summary: outcome.heldBack === undefined ? FAILURES[outcome.failure] : NOT_ASKED_YET };
  }
  const [status, sentence] = REPLIES[outcome.meaning];
  const { code, enhanced } = outcome.reply;
  return { status, summary: `${sentence} (${String(code)}${enhanced === null ? '' : ` ${enhanced}`}).` };
}

function detailsOf(outcome: MailboxOutcome): Record<string, JsonValue> {
  if (outcome.kind === 'failure') return { failure: outcome.failure, detail: outcome.detail, host: outcome.host };
  const { meaning, rule, reply, host, retryAfterS } = outcome;
  return { meaning, rule, code: reply.code, enhanced: reply.enhanced, host, retry_after_s: retryAfterS };
}
