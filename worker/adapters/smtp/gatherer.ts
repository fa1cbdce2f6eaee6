// The SMTP port: one address at a time for whoever asks, few connections for many on the wire. Each question joins the lane of its
// mail hosts, and its domain's catch-all probe rides behind it, once for all questions of the domain. Promises an answer by the
// deadline, with the evidence there is until then; never rejects, never asks for a message to be taken.
import type { MailHost } from '@/lib/domain/mail-host';
import type { TransportFailure } from '@/lib/domain/reply';
import type { CatchAllOutcome, MailboxAnswer, MailboxOutcome, MailboxQuestion } from '@/worker/engine/ports';
import { boundedEvidence, redactedReply, toEvidence } from './evidence';
import { isSendablePath } from './commands';
import type { Exchange } from './exchange';
import { Lane } from './lane';
import type { LaneTools } from './lane-state';
import { personasOf, tripletOf, type Persona } from './personas';
import type { CatchAllFound, Desk, ProbeDesk, ProbeRun } from './probe-desk';
import { Recipient } from './recipient';

/** Time may answer these; a later question has to come from the same triplet. */
const LATER: readonly string[] = ['greylisted', 'temporary_failure', 'rate_limited'];
const SHUTTING_DOWN = { failure: 'disconnected', detail: 'the verifier is shutting down' } as const;
const NOT_SENDABLE = { failure: 'smtp_protocol_error', detail: 'the address cannot be put into an SMTP command' } as const;
const NOT_ASKED: CatchAllFound = { outcome: { kind: 'not_asked' }, evidence: [] };

/** Equal preferences come shuffled; the set of hosts is the same. */
function laneKeyOf(hosts: readonly MailHost[]): string {
  const names = hosts.map(({ name, preference }) => `${String(preference)} ${name}`);
  return names.toSorted().join('\n');
}

export class Gatherer {
  private readonly lanes = new Map<string, Lane>();
  private readonly personas: readonly Persona[];
  private readonly live = new Set<Recipient>();
  private readonly tools: LaneTools;

  constructor(
    tools: Omit<LaneTools, 'whenEmpty'>,
    private readonly desk: ProbeDesk,
  ) {
    this.tools = { ...tools, whenEmpty: (lane) => this.lanes.delete(lane) };
    this.personas = personasOf(tools.deps.identities);
  }

  async ask(question: MailboxQuestion): Promise<MailboxAnswer> {
    const key = laneKeyOf(question.hosts);
    const obstacle = this.obstacleTo(question);
    const nothing: Desk = { kind: 'known', found: NOT_ASKED };
    const desk = obstacle === null ? await this.byDeadline(this.desk.open(question.domain), question, nothing) : nothing;
    const lane = this.laneOf(key, question);
    const recipient = this.recipientOf(key, question, { kind: 'mailbox', mostPuts: Number.POSITIVE_INFINITY });
    if (obstacle === null) lane.add(recipient);
    else lane.withdraw(recipient, obstacle);
    if (desk.kind === 'mine') this.sendProbe(key, question, desk.run);
    const exchange = await recipient.settled;
    const found = await this.catchAll(key, { question, desk, exchange });
    return this.answer(recipient, { question, exchange, found });
  }

  private obstacleTo({ localPart, domain }: MailboxQuestion): { failure: TransportFailure; detail: string } | null {
    if (this.tools.pool.isClosed) return SHUTTING_DOWN;
    return isSendablePath(`${localPart}@${domain}`) ? null : NOT_SENDABLE;
  }

  /** Everybody who still waits is told so at once. */
  async close(): Promise<void> {
    const closing = this.tools.pool.close();
    for (const recipient of [...this.live]) this.lanes.get(recipient.spec.lane)?.withdraw(recipient, SHUTTING_DOWN);
    await closing;
  }

  private laneOf(key: string, { hosts, provider }: MailboxQuestion): Lane {
    const known = this.lanes.get(key);
    if (known !== undefined) {
      known.refresh(hosts, provider);
      return known;
    }
    const lane = new Lane(key, this.tools, { hosts, provider });
    this.lanes.set(key, lane);
    return lane;
  }

  private recipientOf(
    lane: string,
    question: MailboxQuestion,
    spec: Pick<Recipient['spec'], 'kind' | 'mostPuts'> & { localPart?: string; onLateReply?: (exchange: Exchange) => void },
  ): Recipient {
    const { localPart, domain, needsSmtpUtf8, deadline, triplet } = question;
    const leftMs = Math.max(0, deadline - this.tools.deps.clock.now());
    const asked = { localPart, domain, needsSmtpUtf8: needsSmtpUtf8 && spec.kind === 'mailbox' };
    const recipient = new Recipient(
      { ...asked, deadline, leftMs, triplet, lane, personas: this.personas, ...spec },
      {
        isResting: (persona) => this.tools.rest.isResting(lane, persona),
        onDeadline: (late) => this.lanes.get(lane)?.expire(late),
      },
    );
    this.live.add(recipient);
    void recipient.settled.then(() => this.live.delete(recipient));
    return recipient;
  }

  private sendProbe(key: string, question: MailboxQuestion, run: ProbeRun): void {
    const probe: Recipient = this.recipientOf(key, question, {
      kind: 'probe',
      localPart: run.localPart,
      mostPuts: run.mostPuts,
      onLateReply: (exchange) => void this.desk.late(probe, exchange),
    });
    void probe.settled.then((exchange) => {
      run.finish(probe, exchange);
    });
    const lane = this.laneOf(key, question);
    if (this.tools.pool.isClosed) lane.withdraw(probe, SHUTTING_DOWN);
    else lane.add(probe);
  }

  /** Only an accepted mailbox has to wait for it: what it would add to a refusal is nothing. */
  private async catchAll(
    key: string,
    asked: { question: MailboxQuestion; desk: Desk; exchange: Exchange },
  ): Promise<CatchAllFound> {
    const { question, exchange } = asked;
    const isAccepted = exchange.came.kind === 'reply' && exchange.came.meaning === 'accepted';
    let { desk } = asked;
    if (desk.kind === 'after_acceptance' && isAccepted) {
      desk = this.desk.startSecond(question.domain);
      if (desk.kind === 'mine') this.sendProbe(key, question, desk.run);
    }
    if (desk.kind === 'known' || desk.kind === 'after_acceptance') return desk.found;
    const { run } = desk;
    if (!isAccepted) return run.soFar ?? NOT_ASKED;
    return this.byDeadline(run.found, question, { outcome: { kind: 'undecided', meaning: 'timeout' }, evidence: [] });
  }

  private byDeadline<T>(promise: Promise<T>, { deadline }: MailboxQuestion, otherwise: T): Promise<T> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => {
          resolve(otherwise);
        },
        Math.max(0, deadline - this.tools.deps.clock.now()),
      );
      void promise.then((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  }

  private answer(
    recipient: Recipient,
    to: { question: MailboxQuestion; exchange: Exchange; found: CatchAllFound },
  ): MailboxAnswer {
    const { question, exchange, found } = to;
    const asked = { ...recipient.spec, redact: this.tools.deps.redact };
    const own = recipient.noted.map((noted) => toEvidence(noted, asked));
    const mailbox = this.outcomeOf(exchange, recipient);
    return {
      mailbox,
      catchAll: found.outcome,
      provider: recipient.provider ?? question.provider,
      evidence: boundedEvidence([...own, ...found.evidence]),
      triplet: this.isForLater(mailbox, found.outcome) ? tripletOf(recipient.persona, exchange.party.host) : null,
    };
  }

  private isForLater(mailbox: MailboxOutcome, catchAll: CatchAllOutcome): boolean {
    if (mailbox.kind === 'failure') return false;
    if (LATER.includes(mailbox.meaning)) return true;
    return mailbox.meaning === 'accepted' && catchAll.kind === 'undecided' && LATER.includes(catchAll.meaning);
  }

  private outcomeOf({ came, party }: Exchange, recipient: Recipient): MailboxOutcome {
    const { redact, parseRetryAfterS } = this.tools.deps;
    if (came.kind === 'failure') return { kind: 'failure', failure: came.failure, detail: came.detail, host: party.host };
    const { meaning, rule } = came;
    const reply = redactedReply(came.reply, party, { ...recipient.spec, redact });
    return { kind: 'reply', meaning, rule, reply, host: party.host, retryAfterS: parseRetryAfterS(came.reply.text) };
  }
}
