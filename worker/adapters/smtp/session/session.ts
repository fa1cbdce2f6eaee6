// One SMTP session as a state machine: greeting → EHLO (HELO where refused) → [STARTTLS] → MAIL → RCPT … → RSET → QUIT. It asks
// groups of recipients and hands out each reply as it comes. Promises that replies and commands stay in step, that every wait
// ends, and that it never sends a message: there is no DATA to send. Refuses to decide anything; that is the queue's work.
import type { Provider } from '@/lib/verdict/mail-host';
import type { ReplyStage, SmtpReply } from '@/lib/verdict/evidence';
import type { Soon } from '@/worker/engine/ports';
import { NO_CAPABILITIES, parseCapabilities, type Capabilities } from './capabilities';
import type { Command } from '../wire/commands';
import { isClosing, isPositive, toCame, type Came, type Exchange, type Party } from '../exchange';
import type { Known } from './group-size';
import { heloNamesOf, ownNamesOf } from '../senders';
import { SessionUsage } from './usage';
import { stepTo, type SessionState } from './session-state';
import type { SessionSetting, SessionTools } from './session-tools';
import { isTiringByName } from './tiring';
import type { Wire, WireEvent } from '../wire/wire';

/** Recipients to ask together: one sender, one transaction. */
export interface Group {
  mailFrom: string;
  smtpUtf8: boolean;
  recipients: readonly string[];
}

export type GroupEnd =
  | { kind: 'done' }
  /** MAIL was refused, so nobody of the group was asked. */
  | { kind: 'mail_refused'; exchange: Exchange }
  /** PIPELINING was announced and is broken: a batch got stuck. One at a time the host may answer. */
  | { kind: 'stalled'; exchange: Exchange }
  /** The session is over; recipients without a reply were not answered. */
  | { kind: 'lost'; exchange: Exchange };

const READINGS_KEPT = 16;

/** The rest of a batch was lost (silence), or looked at in another order (`503 5.5.1 Need MAIL command`). */
const isStuck = ({ came, stage }: Exchange): boolean =>
  stage === 'rcpt' && (came.kind === 'failure' ? came.failure === 'no_response' : came.reply.code === 503);

export class Session {
  /** What the questions of a group share, in order: the walk that led here, greeting, EHLO, STARTTLS, the last MAIL. */
  trail: readonly Exchange[];
  capabilities: Capabilities = NO_CAPABILITIES;
  /** The last positive reply to EHLO or HELO. */
  hello: Exchange | null = null;
  provider: Provider | null;
  isSecure = false;
  /** What was asked here, and what may still be. */
  readonly usage: SessionUsage;
  private readonly opening: Exchange[];
  private ownParty: Party | null = null;
  private state: SessionState = 'greeting';
  private pending: { stage: ReplyStage; since: number } | null = null;
  /** The reader gives the same object for the same words, and most recipients are answered in the same few. */
  private readonly readings = new Map<SmtpReply, Came>();

  constructor(
    private readonly wire: Wire,
    readonly setting: SessionSetting,
    private readonly tools: SessionTools,
    leadingTo: readonly Exchange[],
  ) {
    this.opening = [...leadingTo];
    this.trail = leadingTo;
    this.provider = setting.provider;
    this.heardAt = tools.deps.clock.now();
    this.usage = new SessionUsage(() => this.known, tools.deps.limits);
  }

  get isOpen(): boolean {
    return this.wire.isOpen;
  }
  get wasHeard(): boolean {
    return this.wire.wasHeard;
  }
  /** What is being waited for now, for the evidence of a question whose time is up. */
  get waitingFor(): { stage: ReplyStage; since: number } | null {
    return this.pending;
  }
  /** Epoch ms of the last reply, or of the connection. */
  heardAt: number;
  get party(): Party {
    const { host, address, identity } = this.setting;
    this.ownParty ??= {
      host,
      address,
      identity: identity.helo,
      provider: this.provider?.id ?? null,
      ownNames: ownNamesOf(identity, this.wire.localAddress),
    };
    return this.ownParty;
  }

  whenEnded(call: () => void): void {
    this.wire.whenEnded(call);
  }

  async greet(timeoutMs: number): Promise<Exchange> {
    const greeting = await this.receive('connect', { timeoutMs, since: this.now() });
    if (greeting.came.kind === 'reply' && isPositive(greeting)) {
      const seen = { mxHosts: this.setting.mxHosts, greeting: greeting.came.reply.text };
      this.provider = this.tools.deps.recogniseProvider(seen) ?? this.provider;
      if (isTiringByName(seen.greeting)) this.tools.memory.learnTiring(this.setting.host);
      this.ownParty = null;
    }
    return greeting;
  }

  /** EHLO, HELO where that is refused (RFC 5321 3.2), then both with the address literal. The last exchange comes back. */
  async sayHello(timeoutMs: number): Promise<Exchange> {
    this.capabilities = NO_CAPABILITIES;
    let last: Exchange | null = null;
    for (const name of heloNamesOf(this.setting.identity)) {
      for (const verb of ['EHLO', 'HELO'] as const) {
        this.state = stepTo(this.state, verb === 'EHLO' ? 'ehlo' : 'helo');
        last = await this.command({ verb, name }, 'helo', timeoutMs);
        if (isPositive(last)) {
          this.hello = last;
          if (verb === 'EHLO' && last.came.kind === 'reply') this.capabilities = parseCapabilities(last.came.reply);
          this.state = stepTo(this.state, 'ready');
          return last;
        }
        // Only a refusal of the command or of the name is worth another form of it.
        if (last.came.kind === 'failure' || last.came.reply.code < 500 || last.came.meaning === 'sender_blocked') return last;
      }
    }
    return last ?? Promise.reject(new Error('an identity without a HELO name'));
  }

  /** STARTTLS and EHLO once more. Null when all is well, else the exchange that was not. */
  async secure(timeoutMs: number): Promise<Exchange | null> {
    if (this.usage.isOpen) {
      this.state = stepTo(this.state, 'rset');
      const reset = await this.command({ verb: 'RSET' }, 'rset', timeoutMs);
      if (isClosing(reset)) return reset;
    }
    this.usage.reset();
    this.state = stepTo(this.state, 'starttls');
    const answer = await this.command({ verb: 'STARTTLS' }, 'starttls', timeoutMs);
    if (!isPositive(answer)) {
      if (this.isOpen) this.state = stepTo(this.state, 'ready');
      return answer;
    }
    this.state = stepTo(this.state, 'handshake');
    const since = this.now();
    const failure = await this.wire.secure(this.setting.host, timeoutMs);
    if (failure !== null)
      return this.note({ at: since, durationMs: this.now() - since, stage: 'starttls', party: this.party, came: failure });
    this.isSecure = true;
    const hello = await this.sayHello(timeoutMs);
    return isPositive(hello) ? null : hello;
  }

  /**
   * Asks a group; each recipient's reply is handed out as it comes. A group that still fits the open transaction needs no MAIL,
   * so a warm session answers in one round trip even without PIPELINING.
   */
  async ask(group: Group, onReply: (index: number, exchange: Exchange) => void): Promise<GroupEnd> {
    const commands = this.commandsFor(group);
    const { pipelines } = this.tools.memory.of(this.setting.host);
    const isPipelined = this.capabilities.pipelining && pipelines !== false && commands.length > 1;
    // Providers that we know keep their promise, and some of them let strangers wait.
    const isUnproven = isPipelined && pipelines === null && this.provider === null;
    let since = this.now();
    if (isPipelined) this.wire.send(commands);
    let refusal: Exchange | null = null;
    let index = 0;
    let place = -1;
    for (const command of commands) {
      place += 1;
      if (!isPipelined) {
        // RCPT after a refused MAIL could only be answered by 503.
        if (refusal !== null) break;
        since = this.now();
        this.wire.send([command]);
      }
      const isTrial = isUnproven && place > 0;
      const coming = this.exchangeOf(command, { since, isTrial });
      const exchange = coming instanceof Promise ? await coming : coming;
      if (isTrial && refusal === null && isStuck(exchange)) return this.stalled(exchange);
      if (command.verb === 'RCPT' && refusal === null && !isClosing(exchange)) {
        onReply(index++, exchange);
        if (this.usage.count(exchange, this.heardAt)) this.tools.memory.learnTiring(this.setting.host);
      }
      if (isClosing(exchange)) return { kind: 'lost', exchange };
      if (command.verb === 'RSET' && !isPositive(exchange)) {
        this.destroy();
        return { kind: 'lost', exchange };
      }
      if (command.verb === 'MAIL' && isPositive(exchange)) this.usage.begin(group);
      else if (command.verb === 'MAIL') refusal = exchange;
    }
    if (isUnproven && refusal === null) this.tools.memory.learnPipelining(this.setting.host, true);
    if (this.isOpen) this.state = stepTo(this.state, 'ready');
    return refusal === null ? { kind: 'done' } : { kind: 'mail_refused', exchange: refusal };
  }

  /** Says good-bye where nothing is owed and ends the connection either way. */
  async quit(): Promise<void> {
    if (this.wire.isOpen && this.pending === null && this.state !== 'closed') {
      this.state = stepTo(this.state, 'quit');
      this.wire.send([{ verb: 'QUIT' }]);
      await this.wire.next(this.tools.deps.timeouts.quitMs);
    }
    this.destroy();
  }

  destroy(): void {
    this.state = 'closed';
    this.wire.destroy();
  }

  /** Ends a wait before its time: whoever was asked for gets a time-out of our own. */
  giveUp(why: string): void {
    this.wire.giveUp(why);
  }

  private commandsFor(group: Group): readonly Command[] {
    const recipients = group.recipients.map((to): Command => ({ verb: 'RCPT', to }));
    if (this.usage.openRoom(group) >= group.recipients.length) return recipients;
    const mail: Command = { verb: 'MAIL', from: group.mailFrom, smtpUtf8: group.smtpUtf8 };
    return this.usage.isOpen ? [{ verb: 'RSET' }, mail, ...recipients] : [mail, ...recipients];
  }

  private get known(): Known {
    return { capabilities: this.capabilities, provider: this.provider, lessons: this.tools.memory.of(this.setting.host) };
  }

  private stalled(exchange: Exchange): GroupEnd {
    this.tools.memory.learnPipelining(this.setting.host, false);
    this.destroy();
    return { kind: 'stalled', exchange };
  }

  private exchangeOf(command: Command, { since, isTrial }: { since: number; isTrial: boolean }): Soon<Exchange> {
    const { mailMs, rcptMs, pipelineMs } = this.tools.deps.timeouts;
    if (command.verb === 'RCPT') {
      this.state = stepTo(this.state, 'rcpt');
      return this.receive('rcpt', { timeoutMs: isTrial ? Math.min(rcptMs, pipelineMs) : rcptMs, since });
    }
    const stage = command.verb === 'MAIL' ? 'mail' : 'rset';
    this.state = stepTo(this.state, stage);
    if (stage === 'rset') this.usage.reset();
    return this.receive(stage, { timeoutMs: mailMs, since });
  }

  private command(command: Command, stage: ReplyStage, timeoutMs: number): Soon<Exchange> {
    this.wire.send([command]);
    return this.receive(stage, { timeoutMs, since: this.now() });
  }

  private receive(stage: ReplyStage, { timeoutMs, since }: { timeoutMs: number; since: number }): Soon<Exchange> {
    const event = this.wire.next(timeoutMs);
    if (!(event instanceof Promise)) return this.heard(event, stage, since);
    this.pending = { stage, since };
    return event.then((late) => {
      this.pending = null;
      return this.heard(late, stage, since);
    });
  }

  private heard(event: WireEvent, stage: ReplyStage, since: number): Exchange {
    this.heardAt = this.now();
    const came = this.read(event, stage);
    const exchange: Exchange = { at: since, durationMs: this.heardAt - since, stage, party: this.party, came };
    if (isClosing(exchange)) this.destroy();
    return stage === 'rcpt' || stage === 'rset' ? exchange : this.note(exchange);
  }

  private read(event: WireEvent, stage: ReplyStage): Came {
    const from = { provider: this.provider?.id ?? null, classify: this.tools.deps.classify };
    if (stage !== 'rcpt' || event.kind === 'failure') return toCame(event, stage, from);
    const known = this.readings.get(event.reply);
    if (known !== undefined) return known;
    const came = toCame(event, stage, from);
    if (this.readings.size >= READINGS_KEPT) this.readings.clear();
    this.readings.set(event.reply, came);
    return came;
  }

  private note(exchange: Exchange): Exchange {
    if (exchange.stage !== 'mail') this.opening.push(exchange);
    this.trail = exchange.stage === 'mail' ? [...this.opening, exchange] : [...this.opening];
    return exchange;
  }

  private now(): number {
    return this.tools.deps.clock.now();
  }
}
