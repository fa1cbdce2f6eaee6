// Assembles the SMTP adapter. The port asks mail hosts about mailboxes and never sends mail; `close` ends every connection,
// with QUIT if the host still listens.
import type { Provider } from '@/lib/verdict/mail-host';
import { withinDeadline } from '@/worker/engine/deadlines';
import type { SmtpPort, MailboxAnswer, MailboxQuestion, CatchAllOutcome, MailboxOutcome } from '@/worker/engine/ports';
import { CatchAll, NOT_ASKED, sharedPlace, type CatchAllFound, type ProbeRun, type ProbeTurn } from './catch-all/catch-all';
import { isUnclearRefusal } from './doubt/doubt';
import { boundedEvidence, redactedReply, toEvidence, type Asked } from './evidence';
import type { Exchange } from './exchange';
import { MailHosts, type Obstacle, type Settled } from './host/host';
import { backupsAmong } from './places';
import { senderInTurn, tripletOf, type Sender } from './senders';
import { depsOf, type SmtpDeps, type SmtpPortOptions } from './smtp-deps';
import { UnclearWords } from './unclear-words';
import { isSendablePath } from './wire/wire';

export function createSmtpPort(options: SmtpPortOptions): SmtpPort & { close(): Promise<void> } {
  const deps = depsOf(options);
  if (deps.identities.length === 0) throw new Error('at least one sending identity is needed');
  const hosts = new MailHosts(deps);
  const catchAll = new CatchAll(deps);
  return new MailboxQuestions({ deps, hosts, catchAll, unclear: new UnclearWords({ deps, hosts, catchAll }) });
}

// The SMTP port takes one address at a time from its callers and uses few connections for many addresses. Each question joins the queue of
// its mail hosts, and the domain's catch-all probe follows it, once for all questions about the domain. Guarantees: an answer by the
// deadline, with the evidence collected until then; it never rejects and never asks a host to take a message.

const NOT_SENDABLE: Obstacle = { failure: 'smtp_protocol_error', detail: 'the address cannot be put into an SMTP command' };
const TOO_LATE: CatchAllFound = { outcome: { kind: 'undecided', meaning: 'timeout' }, evidence: [] };
const NOTHING: ProbeTurn = { kind: 'known', found: NOT_ASKED };

/** Only an accepted mailbox has to wait for the probe, which would add nothing to a refusal. */
function foundAlready(turn: ProbeTurn, { came }: Exchange): CatchAllFound | null {
  const isAccepted = came.kind === 'reply' && came.meaning === 'accepted';
  const found = 'run' in turn ? turn.run.soFar : turn.found;
  if (!isAccepted) return found ?? NOT_ASKED;
  const isDecided = found?.outcome.kind === 'accepts_all' || found?.outcome.kind === 'refuses_unknown';
  return isDecided && found.isHalf !== true ? found : null;
}

export interface QuestionTools {
  deps: SmtpDeps;
  hosts: MailHosts;
  catchAll: CatchAll;
  unclear: UnclearWords;
}

class MailboxQuestions implements SmtpPort {
  constructor(private readonly tools: QuestionTools) {}

  ask(question: MailboxQuestion): Promise<MailboxAnswer> {
    const { starting } = this.tools.hosts;
    return starting === null ? this.begin(question) : starting.then(() => this.begin(question));
  }

  close(): Promise<void> {
    return this.tools.hosts.close();
  }

  private begin(question: MailboxQuestion): Promise<MailboxAnswer> {
    const { hosts, catchAll } = this.tools;
    const isSendable = isSendablePath(`${question.localPart}@${question.domain}`);
    const obstacle = hosts.obstacle ?? (isSendable ? null : NOT_SENDABLE);
    if (obstacle !== null) return this.put(question, NOTHING, obstacle);
    const turn = catchAll.peek(question.domain);
    if (turn !== null) return this.put(question, turn, null);
    return this.inTime(catchAll.open(question.domain), question).then((opened) => this.put(question, opened, hosts.obstacle));
  }

  private put(question: MailboxQuestion, turn: ProbeTurn, obstacle: Obstacle | null): Promise<MailboxAnswer> {
    const { hosts, catchAll } = this.tools;
    const asked = hosts.ask(
      question,
      { kind: 'mailbox', localPart: question.localPart, mostPuts: Number.POSITIVE_INFINITY, alone: 'no' },
      obstacle,
    );
    if (turn.kind === 'mine') this.sendProbe(question, turn.run, question.triplet !== null);
    return asked.settled.then((settled) => {
      if (isUnclearRefusal(settled.exchange)) return this.answerUnclear(question, settled, turn);
      const { came } = settled.exchange;
      if (came.kind === 'reply' && came.meaning === 'mailbox_not_found') catchAll.refuse(question, came.reply.code);
      const found = foundAlready(turn, settled.exchange);
      if (found !== null && !this.isInDoubt(settled, found)) return this.answer(question, settled, found);
      return this.answerLate(question, settled, found ?? turn);
    });
  }

  /** For a refusal whose words say nothing about the mailbox, unless they are the words with which this domain refuses made-up names. */
  private async answerUnclear(question: MailboxQuestion, settled: Settled, turn: ProbeTurn): Promise<MailboxAnswer> {
    const { unclear, hosts } = this.tools;
    const late = { ...question, deadline: settled.deadline };
    const found = await this.foundAt(turn, late, NOT_ASKED);
    const fact = await unclear.factFor(late, settled.exchange, found);
    if (fact === null) return this.answer(question, settled, found);
    const whom = { kind: 'mailbox', localPart: question.localPart, mostPuts: Number.POSITIVE_INFINITY, alone: 'no' } as const;
    const again = await hosts.ask(late, whom).settled;
    const noted = [...settled.recipient.noted, ...again.recipient.noted];
    return this.answer(question, { ...again, recipient: { ...again.recipient, noted } }, fact);
  }

  private async answerLate(
    question: MailboxQuestion,
    settled: Settled,
    known: ProbeTurn | CatchAllFound,
  ): Promise<MailboxAnswer> {
    // The deadline may have moved while the question's clock stood still. Follow-up questions use the same sender and host.
    const { exchange, recipient, deadline } = settled;
    const late = { ...question, deadline, triplet: tripletOf(recipient.sender, exchange.party.host) };
    const { triplet } = question;
    const isRetry = triplet !== null;
    const hasMoved = isRetry && triplet.host !== exchange.party.host;
    const { unclear } = this.tools;
    unclear.begin(question.domain);
    const own = 'outcome' in known ? known : await this.probeFor(late, known, { isRetry, hasMoved });
    const found = await unclear.besideAccepted(late, { exchange, found: own, isRetry });
    unclear.end(question.domain);
    await this.hearOthers(late, found);
    return this.answer(question, this.isInDoubt(settled, found) ? await this.askAlone(late, settled) : settled, found);
  }

  /** The made-up name met a doubt that mailboxes of the domain may be clearing up: gives two of them time to be refused. */
  private async hearOthers(question: MailboxQuestion, { outcome }: CatchAllFound): Promise<void> {
    if (outcome.kind !== 'undecided' || outcome.isDoubted !== true) return;
    const { clock, timeouts } = this.tools.deps;
    const deadline = Math.min(question.deadline, clock.now() + timeouts.hearingMs);
    await withinDeadline(this.tools.catchAll.whenOthersKnown(question.domain), deadline, clock);
  }

  /** Accepted behind other recipients by a host that accepts anybody there, or accepted by one of several hosts behind one address. */
  private isInDoubt({ exchange, recipient }: Settled, { isBySession = false }: CatchAllFound): boolean {
    if (!isBySession || exchange.came.kind === 'failure' || exchange.came.meaning !== 'accepted') return false;
    return recipient.place.answered > 0 || !this.tools.hosts.hasProvedSteady(exchange);
  }

  private async askAlone(question: MailboxQuestion, { exchange, recipient }: Settled): Promise<Settled> {
    const { hosts } = this.tools;
    hosts.askOneASession(exchange);
    const { localPart } = question;
    const whom = { kind: 'mailbox', localPart, mostPuts: Number.POSITIVE_INFINITY, alone: 'always' } as const;
    const alone = await hosts.ask(question, whom).settled;
    const noted = [...recipient.noted, ...alone.recipient.noted];
    return { ...alone, recipient: { ...alone.recipient, noted } };
  }

  private sendProbe(question: MailboxQuestion, run: ProbeRun, isRetry: boolean): void {
    const { hosts, catchAll } = this.tools;
    const { domain } = question;
    const { localPart, mostPuts, alone } = run;
    const backups = backupsAmong(question.hosts);
    const excluded = run.isForBest && backups !== null ? { excluded: backups } : {};
    // A host may tell the first recipient of a session something quite different from what it tells mailboxes behind others.
    if (run.needsCompany && alone === 'no')
      void hosts.ask(question, { kind: 'witness', localPart: question.localPart, mostPuts: 1, alone, ...excluded });
    this.tools.unclear.begin(domain);
    const asked = hosts.ask(question, { kind: 'probe', localPart, mostPuts, alone, ...excluded });
    const finish = ({ exchange, recipient: { noted, puts, place, sender } }: Settled): void => {
      this.tools.unclear.end(domain);
      this.tools.unclear.note(domain, { localPart, exchange, sender, puts, isRetry });
      const { positions } = hosts;
      const isProved = positions.at(exchange).isProved(exchange, place);
      const isFirst = place.answered === 0;
      const refusesFirst = positions.refusesFirst(exchange);
      const isAtBackup = exchange.party.provider === null && backups?.has(exchange.party.host) === true;
      run.finish({ localPart, domain, exchange, noted, puts, isProved, isFirst, refusesFirst, isAtBackup });
    };
    const { onFault } = this.tools.deps;
    asked.settled.then(finish).catch((error: unknown) => {
      onFault(error);
      run.abandon();
    });
    asked.late?.then((exchange) => catchAll.late({ localPart, domain, exchange, noted: [] })).catch(onFault);
  }

  /** The probe's result for an accepted mailbox. `hasMoved`: another host than the one that put the mailbox off has accepted it. */
  private async probeFor(
    question: MailboxQuestion,
    turn: ProbeTurn,
    { isRetry, hasMoved }: { isRetry: boolean; hasMoved: boolean },
  ): Promise<CatchAllFound> {
    const { catchAll } = this.tools;
    const first = await this.foundAt(turn, question, TOO_LATE);
    const isPutOff = catchAll.isPutOff(first);
    if (!isRetry && isPutOff) return first;
    const mayBeSentNow = turn.kind === 'after_acceptance' || (hasMoved && isPutOff);
    if (!mayBeSentNow && !catchAll.isWorthAnother(question.domain, first)) return first;
    const second = await this.inTime(catchAll.startSecond(question.domain), question);
    if (second.kind === 'mine') this.sendProbe(question, second.run, isRetry);
    return second === NOTHING ? first : this.foundAt(second, question, first);
  }

  private async foundAt(turn: ProbeTurn, question: MailboxQuestion, otherwise: CatchAllFound): Promise<CatchAllFound> {
    if (!('run' in turn)) return turn.found;
    return turn.run.soFar ?? this.byDeadline(turn.run.found, question, otherwise);
  }

  /** If the probe becomes ours to ask only after the question's time is up, it is left to other questions. */
  private async inTime(opening: Promise<ProbeTurn>, question: MailboxQuestion): Promise<ProbeTurn> {
    const turn = await this.byDeadline<ProbeTurn>(opening, question, NOTHING);
    if (turn !== NOTHING) return turn;
    void opening.then((late) => {
      if (late.kind === 'mine') late.run.abandon();
    });
    return turn;
  }

  private async byDeadline<T>(promise: Promise<T>, { deadline }: MailboxQuestion, otherwise: T): Promise<T> {
    return (await withinDeadline(promise, deadline, this.tools.deps.clock)) ?? otherwise;
  }

  private answer(question: MailboxQuestion, settled: Settled, own: CatchAllFound): MailboxAnswer {
    const found = this.place(settled, question, this.tools.catchAll.orByOthers(question.domain, own));
    this.vouch(question, settled, found);
    return answerOf(settled, { provider: question.provider, found }, this.tools.deps);
  }

  private place({ exchange, recipient: { noted } }: Settled, { hosts }: MailboxQuestion, found: CatchAllFound): CatchAllFound {
    const isAccepted = exchange.came.kind === 'reply' && exchange.came.meaning === 'accepted';
    return isAccepted ? sharedPlace(found, { exchange, noted, hosts }) : found;
  }

  /** A mailbox cannot be a witness where an acceptance proves nothing. */
  private vouch(
    question: MailboxQuestion,
    { exchange, recipient, queue }: Settled,
    { outcome, isOfBackup }: CatchAllFound,
  ): void {
    const { came, party } = exchange;
    if (came.kind === 'failure' || came.meaning !== 'accepted' || outcome.kind === 'accepts_all' || isOfBackup === true) return;
    const provider = recipient.provider ?? question.provider;
    if (provider?.acceptance === 'worthless') return;
    const { localPart, domain, needsSmtpUtf8, hosts } = question;
    this.tools.hosts.vouch({ localPart, domain, needsSmtpUtf8, hosts, provider, host: party.host }, queue);
  }
}

// Builds the answer to a question from its exchange: the mailbox's outcome, all the evidence that led to it, and the triplet to repeat
// where time may help. Guarantees: everything shown is redacted, and no answer lacks its evidence.

/** Time may resolve these meanings; a later question has to use the same triplet. */
const LATER: readonly string[] = ['greylisted', 'temporary_failure', 'rate_limited'];

type AnswerTools = Pick<SmtpDeps, 'redact' | 'parseRetryAfterS'>;

function answerOf(
  settled: Settled,
  { provider, found }: { provider: Provider | null; found: CatchAllFound },
  tools: AnswerTools,
): MailboxAnswer {
  const { exchange, recipient } = settled;
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
    // An answer from a backup host gets no triplet: next time a better host has to be asked.
    triplet:
      isForLater(mailbox, found.outcome) && found.isOfBackup !== true
        ? tripletOf(senderForLater(settled), exchange.party.host)
        : null,
  };
}

function isForLater(mailbox: MailboxOutcome, catchAll: CatchAllOutcome): boolean {
  if (mailbox.kind === 'failure') return false;
  if (LATER.includes(mailbox.meaning)) return true;
  return mailbox.meaning === 'accepted' && catchAll.kind === 'undecided' && LATER.includes(catchAll.meaning);
}

/** A greylist knows the sender that it put off. One that was told to slow down before it named a recipient makes way for another. */
function senderForLater({ exchange: { came, stage }, recipient: { sender, spec } }: Settled): Sender {
  const isOfUs = stage !== 'rcpt' && came.kind === 'reply' && came.meaning === 'rate_limited';
  return isOfUs ? senderInTurn(spec.senders, sender) : sender;
}

function outcomeOf(
  { came, party }: Exchange,
  /** `shown`: its text as it appears in the evidence, if it is part of the evidence. */
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
