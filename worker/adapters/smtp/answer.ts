// What an exchange comes to for whoever asked: the mailbox's outcome, the evidence of all that led to it, and the triplet to ask with
// again where time may help. Promises that what is shown is redacted, and that no answer is without its evidence.
import type { CatchAllOutcome, MailboxAnswer, MailboxOutcome } from '@/worker/engine/ports';
import type { Provider } from '@/lib/verdict/mail-host';
import type { CatchAllFound } from './catch-all/catch-all';
import { boundedEvidence, redactedReply, toEvidence, type Asked } from './evidence';
import type { Exchange } from './exchange';
import type { Settled } from './host/host';
import { tripletOf } from './senders';
import type { SmtpDeps } from './smtp-deps';

/** Time may answer these; a later question has to come from the same triplet. */
const LATER: readonly string[] = ['greylisted', 'temporary_failure', 'rate_limited'];

type AnswerTools = Pick<SmtpDeps, 'redact' | 'parseRetryAfterS'>;

export function answerOf(
  { exchange, recipient }: Settled,
  { provider, found }: { provider: Provider | null; found: CatchAllFound },
  tools: AnswerTools,
): MailboxAnswer {
  const { localPart, domain } = recipient.spec;
  const asked = { localPart, domain, redact: tools.redact };
  const own = recipient.noted.map((noted) => toEvidence(noted, 'smtp', asked));
  const shown = own[recipient.noted.indexOf(exchange)]?.text ?? null;
  const mailbox = outcomeOf(exchange, { asked, shown }, tools);
  return {
    mailbox,
    catchAll: found.outcome,
    provider: recipient.provider ?? provider,
    evidence: boundedEvidence(found.evidence.length === 0 ? own : [...own, ...found.evidence]),
    // A better host than that has to be asked.
    triplet:
      isForLater(mailbox, found.outcome) && found.isOfBackup !== true ? tripletOf(recipient.sender, exchange.party.host) : null,
  };
}

function isForLater(mailbox: MailboxOutcome, catchAll: CatchAllOutcome): boolean {
  if (mailbox.kind === 'failure') return false;
  if (LATER.includes(mailbox.meaning)) return true;
  return mailbox.meaning === 'accepted' && catchAll.kind === 'undecided' && LATER.includes(catchAll.meaning);
}

function outcomeOf(
  { came, party }: Exchange,
  /** `shown`: its text as it stands in the evidence, where it is part of that. */
  { asked, shown }: { asked: Asked & Pick<SmtpDeps, 'redact'>; shown: string | null },
  { parseRetryAfterS }: AnswerTools,
): MailboxOutcome {
  const { host } = party;
  if (came.kind === 'failure') {
    const { failure, detail, heldBack } = came;
    return { kind: 'failure', failure, detail, host, ...(heldBack === undefined ? {} : { heldBack }) };
  }
  const { meaning, rule, reply } = came;
  const { code, enhanced, text } = reply;
  const redacted = shown === null ? redactedReply(reply, party, asked) : { code, enhanced, text: shown };
  const retryAfterS = code < 400 ? null : parseRetryAfterS(text);
  return { kind: 'reply', meaning, rule, reply: redacted, host, retryAfterS };
}
