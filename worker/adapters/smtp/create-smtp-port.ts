// Puts the SMTP adapter together. The port asks mail hosts about mailboxes and never sends mail; `close` ends every connection
// with QUIT where the host still listens.
import type { Provider } from '@/lib/verdict/mail-host';
import { withinDeadline } from '@/worker/engine/deadlines';
import type { SmtpPort, MailboxAnswer, MailboxQuestion, CatchAllOutcome, MailboxOutcome } from '@/worker/engine/ports';
import { CatchAll, NOT_ASKED, sharedPlace, type CatchAllFound, type ProbeRun, type ProbeTurn } from './catch-all/catch-all';
import { isUnclearRefusal } from './doubt/doubt';
import { boundedEvidence, redactedReply, toEvidence, type Asked } from './evidence';
import type { Exchange } from './exchange';
import { MailHosts, type Obstacle, type Settled } from './host/host';
import { backupsAmong } from './places';
import { createMemorySendingHealthStore } from './reputation/reputation';
import { tripletOf } from './senders';
import type { SmtpDeps, SmtpPortOptions } from './smtp-deps';
import { SMTP_LIMITS, SMTP_TIMEOUTS } from './timeouts';
import { UnclearWords } from './unclear-words';
import { isSendablePath } from './wire/wire';

export const SMTP_DEFAULT_PORT = 25;

export function createSmtpPort(options: SmtpPortOptions): SmtpPort & { close(): Promise<void> } {
  const deps: SmtpDeps = {
    ...options,
    port: options.port ?? SMTP_DEFAULT_PORT,
    health: options.health ?? createMemorySendingHealthStore(options.clock),
    destinations: options.destinations ?? null,
    isUnbounded: options.isUnbounded ?? (() => false),
    dial: options.dial ?? ((host, port, localAddress) => ({ host, port, localAddress })),
    timeouts: { ...SMTP_TIMEOUTS, ...options.timeouts },
    limits: { ...SMTP_LIMITS, ...options.limits },
  };
  if (deps.identities.length === 0) throw new Error('at least one sending identity is needed');
  const hosts = new MailHosts(deps);
  const catchAll = new CatchAll(deps);
  return new MailboxQuestions({ deps, hosts, catchAll, unclear: new UnclearWords({ deps, hosts, catchAll }) });
}

// The SMTP port: one address at a time for whoever asks, few connections for many on the wire. Each question joins the queue of its
// mail hosts, and its domain's catch-all probe rides behind it, once for all questions of the domain. Promises an answer by the
// deadline, with the evidence there is until then; never rejects, never asks for a message to be taken.

const NOT_SENDABLE: Obstacle = { failure: 'smtp_protocol_error', detail: 'the address cannot be put into an SMTP command' };
const TOO_LATE: CatchAllFound = { outcome: { kind: 'undecided', meaning: 'timeout' }, evidence: [] };
const NOTHING: ProbeTurn = { kind: 'known', found: NOT_ASKED };

/** Only an accepted mailbox has to wait for the probe: what it would add to a refusal is nothing. */
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

  /** Refused in words that say nothing of the mailbox: unless they are what names are told there that nobody has. */
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
    // Its time may have stood still. What is asked on its account is asked as it was, where it was.
    const { exchange, recipient, deadline } = settled;
    const late = { ...question, deadline, triplet: tripletOf(recipient.sender, exchange.party.host) };
    const isRetry = question.triplet !== null;
    const { unclear } = this.tools;
    unclear.begin(question.domain);
    const own = 'outcome' in known ? known : await this.probeFor(late, known, isRetry);
    const found = await unclear.besideAccepted(late, { exchange, found: own, isRetry });
    unclear.end(question.domain);
    return this.answer(question, this.isInDoubt(settled, found) ? await this.askAlone(late, settled) : settled, found);
  }

  /** Accepted behind others, by a host that accepts anybody there, or by one of several behind one address. */
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
    // What is said to the first of a session may be nothing like what its mailboxes were told behind others.
    if (run.needsCompany && alone === 'no')
      void hosts.ask(question, { kind: 'witness', localPart: question.localPart, mostPuts: 1, alone, ...excluded });
    this.tools.unclear.begin(domain);
    // Where a host accepts everybody, perhaps it does not under TLS.
    const isSecure = alone === 'always';
    const asked = hosts.ask(question, { kind: 'probe', localPart, mostPuts, alone, isSecure, ...excluded });
    void asked.settled.then(({ exchange, recipient: { noted, puts, place, sender } }) => {
      this.tools.unclear.end(domain);
      this.tools.unclear.note(domain, { localPart, exchange, sender, puts, isRetry });
      const { positions } = hosts;
      const isProved = positions.at(exchange).isProved(exchange, place);
      const isFirst = place.answered === 0;
      const refusesFirst = positions.refusesFirst(exchange);
      const isAtBackup = exchange.party.provider === null && backups?.has(exchange.party.host) === true;
      run.finish({ localPart, domain, exchange, noted, puts, isProved, isFirst, refusesFirst, isAtBackup });
    });
    void asked.late?.then((exchange) => catchAll.late({ localPart, domain, exchange, noted: [] }));
  }

  /** For an accepted mailbox. */
  private async probeFor(question: MailboxQuestion, turn: ProbeTurn, isRetry: boolean): Promise<CatchAllFound> {
    const { catchAll } = this.tools;
    const first = await this.foundAt(turn, question, TOO_LATE);
    if (!isRetry && catchAll.isPutOff(first)) return first;
    if (turn.kind !== 'after_acceptance' && !catchAll.isWorthAnother(question.domain, first)) return first;
    const second = await this.inTime(catchAll.startSecond(question.domain), question);
    if (second.kind === 'mine') this.sendProbe(question, second.run, isRetry);
    return second === NOTHING ? first : this.foundAt(second, question, first);
  }

  private async foundAt(turn: ProbeTurn, question: MailboxQuestion, otherwise: CatchAllFound): Promise<CatchAllFound> {
    if (!('run' in turn)) return turn.found;
    return turn.run.soFar ?? this.byDeadline(turn.run.found, question, otherwise);
  }

  /** A probe that is ours only when the question's time is up is left to others. */
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

  /** Where a yes is worth nothing nobody can be a witness. */
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

// What an exchange comes to for whoever asked: the mailbox's outcome, the evidence of all that led to it, and the triplet to ask with
// again where time may help. Promises that what is shown is redacted, and that no answer is without its evidence.

/** Time may answer these; a later question has to come from the same triplet. */
const LATER: readonly string[] = ['greylisted', 'temporary_failure', 'rate_limited'];

type AnswerTools = Pick<SmtpDeps, 'redact' | 'parseRetryAfterS'>;

function answerOf(
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
