// The SMTP port: one address at a time for whoever asks, few connections for many on the wire. Each question joins the queue of its
// mail hosts, and its domain's catch-all probe rides behind it, once for all questions of the domain. Promises an answer by the
// deadline, with the evidence there is until then; never rejects, never asks for a message to be taken.
import type { MailHost } from '@/lib/verdict/mail-host';
import type { TransportFailure } from '@/lib/verdict/evidence';
import type { CatchAllOutcome, MailboxAnswer, MailboxOutcome, MailboxQuestion } from '@/worker/engine/ports';
import { Deadlines } from '@/worker/engine/deadlines';
import { withinDeadline } from '@/worker/engine/within-deadline';
import { boundedEvidence, redactedReply, toEvidence } from './evidence';
import { isSendablePath } from './wire/wire';
import type { Exchange } from './exchange';
import { HostQueue } from './host/host-queue';
import type { HostTools } from './host/host-state';
import { sendersOf, tripletOf, type Sender } from './senders';
import { NOT_ASKED, type CatchAllFound } from './catch-all/found';
import type { ProbeTurn, CatchAll, ProbeRun } from './catch-all/catch-all';
import { Recipient, type RecipientWatch } from './host/recipient';
import type { BreakerTools } from './doubt/refusal-breaker';
import { RefusalBreakers } from './doubt/doubt';
import type { HearWitness } from './doubt/witness';

/** Why nobody is to be asked. */
interface Obstacle {
  failure: TransportFailure;
  detail: string;
}

/** Time may answer these; a later question has to come from the same triplet. */
const LATER: readonly string[] = ['greylisted', 'temporary_failure', 'rate_limited'];
const SHUTTING_DOWN = { failure: 'disconnected', detail: 'the verifier is shutting down' } as const;
const NOT_SENDABLE = { failure: 'smtp_protocol_error', detail: 'the address cannot be put into an SMTP command' } as const;
/** Once, and once more after a lost session. */
const WITNESS_PUTS = 2;
const TOO_LATE: CatchAllFound = { outcome: { kind: 'undecided', meaning: 'timeout' }, evidence: [] };
const NOTHING: ProbeTurn = { kind: 'known', found: NOT_ASKED };

const hostKeys = new WeakMap<readonly MailHost[], string>();

/** Equal preferences come shuffled; the set of hosts is the same. */
function hostKeyOf(hosts: readonly MailHost[]): string {
  const known = hostKeys.get(hosts);
  if (known !== undefined) return known;
  const names = hosts.map(({ name, preference }) => `${String(preference)} ${name}`);
  const key = names.toSorted().join('\n');
  hostKeys.set(hosts, key);
  return key;
}

/** Only an accepted mailbox has to wait for the probe: what it would add to a refusal is nothing. */
function foundAlready(turn: ProbeTurn, { came }: Exchange): CatchAllFound | null {
  const isAccepted = came.kind === 'reply' && came.meaning === 'accepted';
  const found = 'run' in turn ? turn.run.soFar : turn.found;
  if (!isAccepted) return found ?? NOT_ASKED;
  const isDecided = found?.outcome.kind === 'accepts_all' || found?.outcome.kind === 'refuses_unknown';
  return isDecided ? found : null;
}

const heldBackOf = ({ heldBack }: Extract<Exchange['came'], { kind: 'failure' }>) => (heldBack === undefined ? {} : { heldBack });

export class MailboxQuestions {
  private readonly queues = new Map<string, HostQueue>();
  private readonly senders: readonly Sender[];
  private readonly deadlines: Deadlines<Recipient>;
  private readonly watch: RecipientWatch;
  private readonly tools: HostTools;

  constructor(
    tools: Omit<HostTools, 'whenEmpty' | 'breakers'>,
    private readonly catchAll: CatchAll,
  ) {
    const { clock, redact, limits, timeouts } = tools.deps;
    const breakers = new RefusalBreakers(
      { clock, redact, hear: this.hear, onOpen: this.reportBlock, aloneMs: timeouts.hearingMs },
      limits.memoryEntries,
    );
    this.tools = { ...tools, breakers, whenEmpty: (queue) => this.queues.delete(queue) };
    this.senders = sendersOf(tools.deps.identities);
    this.deadlines = new Deadlines(clock);
    this.watch = {
      isResting: (sender, queue) => this.queues.get(queue)?.isResting(sender) === true,
      onDeadline: (late) => {
        if (late.whenHeldTooLong !== null) late.whenHeldTooLong();
        else this.queues.get(late.spec.queue)?.expire(late);
      },
      deadlines: this.deadlines,
    };
  }

  ask(question: MailboxQuestion): Promise<MailboxAnswer> {
    const { starting } = this.tools.health;
    return starting === null ? this.begin(question) : starting.then(() => this.begin(question));
  }

  /** Nothing but the host is waited for where the domain's probe is known or on its way, as it is for most. */
  private begin(question: MailboxQuestion): Promise<MailboxAnswer> {
    const obstacle = this.obstacleTo(question);
    const turn = obstacle === null ? this.catchAll.peek(question.domain) : NOTHING;
    if (turn !== null) return this.put(question, turn, obstacle);
    return this.open(question).then((opened) => this.put(question, opened, null));
  }

  private put(question: MailboxQuestion, turn: ProbeTurn, obstacle: Obstacle | null): Promise<MailboxAnswer> {
    const key = hostKeyOf(question.hosts);
    const queue = this.queueOf(key, question);
    const recipient = this.recipientOf(key, question, { kind: 'mailbox', mostPuts: Number.POSITIVE_INFINITY });
    if (obstacle === null) queue.add(recipient);
    else queue.withdraw(recipient, obstacle);
    if (turn.kind === 'mine') this.sendProbe(key, question, turn.run);
    return recipient.settled.then((exchange) => {
      const found = foundAlready(turn, exchange);
      if (found !== null) return this.answer(recipient, { question, exchange, found });
      // Its time may have stood still.
      const late = this.probeFor(key, { question: { ...question, deadline: recipient.deadline }, turn });
      return late.then((foundLate) => this.answer(recipient, { question, exchange, found: foundLate }));
    });
  }

  private obstacleTo({ localPart, domain }: MailboxQuestion): Obstacle | null {
    if (this.tools.pool.isClosed) return SHUTTING_DOWN;
    return isSendablePath(`${localPart}@${domain}`) ? null : NOT_SENDABLE;
  }

  /** Everybody who still waits is told so at once. */
  async close(): Promise<void> {
    const closing = this.tools.pool.close();
    for (const recipient of this.deadlines.waiting) {
      if (recipient.whenHeldTooLong !== null) recipient.whenHeldTooLong();
      else this.queues.get(recipient.spec.queue)?.withdraw(recipient, SHUTTING_DOWN);
    }
    await closing;
    await this.tools.health.close();
  }

  private queueOf(key: string, { hosts, provider }: MailboxQuestion): HostQueue {
    const known = this.queues.get(key);
    if (known !== undefined) {
      known.refresh(hosts, provider);
      return known;
    }
    const queue = new HostQueue(key, this.tools, { hosts, provider });
    this.queues.set(key, queue);
    return queue;
  }

  private recipientOf(
    queue: string,
    question: MailboxQuestion,
    spec: Pick<Recipient['spec'], 'kind' | 'mostPuts'> & { localPart?: string; onLateReply?: (exchange: Exchange) => void },
  ): Recipient {
    const { domain, deadline, triplet, isSingle = false } = question;
    return new Recipient(
      {
        kind: spec.kind,
        isSingle,
        askedAt: this.tools.deps.clock.now(),
        queue,
        localPart: spec.localPart ?? question.localPart,
        domain,
        needsSmtpUtf8: question.needsSmtpUtf8 && spec.kind === 'mailbox',
        deadline,
        senders: this.senders,
        triplet,
        mostPuts: spec.mostPuts,
        onLateReply: spec.onLateReply,
      },
      this.watch,
    );
  }

  private sendProbe(key: string, question: MailboxQuestion, run: ProbeRun): void {
    const probe: Recipient = this.recipientOf(key, question, {
      kind: 'probe',
      localPart: run.localPart,
      mostPuts: run.mostPuts,
      onLateReply: (exchange) => void this.catchAll.late(probe, exchange),
    });
    void probe.settled.then((exchange) => {
      run.finish(probe, exchange);
    });
    const queue = this.queueOf(key, question);
    if (this.tools.pool.isClosed) queue.withdraw(probe, SHUTTING_DOWN);
    else queue.add(probe);
  }

  /** For an accepted mailbox. */
  private async probeFor(
    key: string,
    { question, turn }: { question: MailboxQuestion; turn: ProbeTurn },
  ): Promise<CatchAllFound> {
    const first = await this.foundAt(turn, question, TOO_LATE);
    if (turn.kind !== 'after_acceptance' && !this.catchAll.isWorthAnother(question.domain, first)) return first;
    const second = await this.inTime(this.catchAll.startSecond(question.domain), question);
    if (second.kind === 'mine') this.sendProbe(key, question, second.run);
    return second === NOTHING ? first : this.foundAt(second, question, first);
  }

  private async foundAt(turn: ProbeTurn, question: MailboxQuestion, otherwise: CatchAllFound): Promise<CatchAllFound> {
    if (!('run' in turn)) return turn.found;
    return turn.run.soFar ?? this.byDeadline(turn.run.found, question, otherwise);
  }

  private open(question: MailboxQuestion): Promise<ProbeTurn> {
    return this.inTime(this.catchAll.open(question.domain), question);
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

  /** An accepted mailbox can be asked again, should its host refuse everybody one day; not where a yes is worth nothing. */
  private vouch(recipient: Recipient, question: MailboxQuestion, to: { exchange: Exchange; found: CatchAllFound }): void {
    const { came, party } = to.exchange;
    if (came.kind === 'failure' || came.meaning !== 'accepted' || to.found.outcome.kind === 'accepts_all') return;
    const provider = recipient.provider ?? question.provider;
    if (provider?.acceptance === 'worthless') return;
    const { localPart, domain, needsSmtpUtf8, hosts } = question;
    const acceptedAt = this.tools.deps.clock.now();
    for (const breaker of this.tools.breakers.at(recipient.spec.queue, provider?.id ?? null)) {
      if (!breaker.isWitnessWanted()) continue;
      breaker.vouch({ localPart, domain, needsSmtpUtf8, hosts, provider, host: party.host, acceptedAt });
    }
  }

  private readonly reportBlock: BreakerTools['onOpen'] = ({ queue, sender }, why) => {
    this.queues.get(queue)?.noteRefusal(sender.identity, { at: this.tools.deps.clock.now(), text: why });
  };

  /** Asks a witness as the refused were asked, before all who have more time. */
  private readonly hear: HearWitness = (witness, refused) => {
    const { deps, pool } = this.tools;
    const { localPart, domain, needsSmtpUtf8, hosts, provider, host } = witness;
    const key = hostKeyOf(hosts);
    const isSameHost = hosts.some(({ name }) => name === refused.host);
    const triplet = tripletOf(refused.sender, isSameHost ? refused.host : host);
    const deadline = deps.clock.now() + deps.timeouts.hearingMs;
    const question = { localPart, domain, needsSmtpUtf8, hosts, provider, triplet, deadline, isSingle: true };
    const recipient = this.recipientOf(key, question, { kind: 'witness', mostPuts: WITNESS_PUTS });
    const queue = this.queues.get(key) ?? this.queueOf(key, question);
    if (pool.isClosed) queue.withdraw(recipient, SHUTTING_DOWN);
    else queue.add(recipient);
    return recipient.settled;
  };

  private async byDeadline<T>(promise: Promise<T>, { deadline }: MailboxQuestion, otherwise: T): Promise<T> {
    return (await withinDeadline(promise, deadline, this.tools.deps.clock)) ?? otherwise;
  }

  private answer(
    recipient: Recipient,
    to: { question: MailboxQuestion; exchange: Exchange; found: CatchAllFound },
  ): MailboxAnswer {
    const { question, exchange, found } = to;
    this.vouch(recipient, question, to);
    const { localPart, domain } = recipient.spec;
    const asked = { localPart, domain, redact: this.tools.deps.redact };
    const own = recipient.noted.map((noted) => toEvidence(noted, 'smtp', asked));
    const mailbox = this.outcomeOf(exchange, own[recipient.noted.indexOf(exchange)]?.text, asked);
    return {
      mailbox,
      catchAll: found.outcome,
      provider: recipient.provider ?? question.provider,
      evidence: boundedEvidence(found.evidence.length === 0 ? own : [...own, ...found.evidence]),
      triplet: this.isForLater(mailbox, found.outcome) ? tripletOf(recipient.sender, exchange.party.host) : null,
    };
  }

  private isForLater(mailbox: MailboxOutcome, catchAll: CatchAllOutcome): boolean {
    if (mailbox.kind === 'failure') return false;
    if (LATER.includes(mailbox.meaning)) return true;
    return mailbox.meaning === 'accepted' && catchAll.kind === 'undecided' && LATER.includes(catchAll.meaning);
  }

  /** `shown` is the text as it stands in the evidence, where the exchange is part of that. */
  private outcomeOf(
    { came, party }: Exchange,
    shown: string | undefined,
    asked: Parameters<typeof redactedReply>[2],
  ): MailboxOutcome {
    const { host } = party;
    if (came.kind === 'failure')
      return { kind: 'failure', failure: came.failure, detail: came.detail, host, ...heldBackOf(came) };
    const { meaning, rule, reply } = came;
    const { code, enhanced } = reply;
    const text = shown ?? redactedReply(reply, party, asked).text;
    const retryAfterS = code < 400 ? null : this.tools.deps.parseRetryAfterS(reply.text);
    return { kind: 'reply', meaning, rule, reply: { code, enhanced, text }, host, retryAfterS };
  }
}
