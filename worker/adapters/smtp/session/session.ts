// One SMTP session: runs the dialogue's reducer (protocol.ts) over one connection. A group's replies are returned as values, in the batches
// in which they came: `ask` returns the first batch and `listen` each further one, until one contains the end. Guarantees: every wait ends,
// and it never sends a message: there is no DATA to send. The host's queue decides what an answer is worth, not this file.
import type { ReplyStage } from '@/lib/verdict/evidence';
import type { Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange, Party } from '../exchange';
import type { ClassifyReply, RecognizeProvider } from '../ports';
import type { SmtpLimits, SmtpTimeouts } from '../timeouts';
import type { Wire } from '../wire/wire';
import {
  newSession,
  type Answer,
  type Group,
  type Lesson,
  type SessionEffect,
  type SessionEnd,
  type SessionEvent,
  type Setup,
  type Step,
} from './state';
import { advance } from './protocol';
import {
  isSpent,
  openRoomFor,
  roomFor,
  type Bounds,
  type Capabilities,
  type Envelope,
  type HostLessons,
  type Usage,
} from './usage';

export type { Answer, Lesson, SessionEnd } from './state';
export { beginsWithTls, type HostLessons, type TlsLesson } from './usage';

export interface SessionSetting {
  host: string;
  address: string;
  identity: SendingIdentity;
  /** As derived from the names of the mail hosts. */
  provider: Provider | null;
  mxHosts: readonly string[];
  saysHelo: boolean;
}

export interface SessionTools {
  clock: Clock;
  timeouts: SmtpTimeouts;
  limits: Pick<SmtpLimits, 'groupSize' | 'groupSizeMax'>;
  classify: ClassifyReply;
  recognizeProvider: RecognizeProvider;
  onFault: (error: unknown) => void;
}

/** What came in together. */
export interface Told {
  /** Replies to RCPT, in the order of the group, following those returned before. */
  answers: readonly Answer[];
  lessons: readonly Lesson[];
  /** Null: more is to come. */
  end: SessionEnd | null;
}

/** How long to wait for a phase. */
export type Patience = (phase: keyof SmtpTimeouts) => number;

/** The name of the identity, then its address literal, for hosts that refuse the form of the name. */
function heloNamesOf({ helo, address }: SendingIdentity): readonly string[] {
  if (address === null || helo.startsWith('[')) return [helo];
  return [helo, address.includes(':') ? `[IPv6:${address}]` : `[${address}]`];
}

/** How a conversation ends at which our own code failed. */
export const OWN_FAULT = { kind: 'failure', failure: 'disconnected', detail: 'our own software failed' } as const;

export class Session {
  private state;
  private readonly setup: Setup;
  private readonly usualPatience: Patience;

  constructor(
    private readonly wire: Wire,
    readonly setting: SessionSetting,
    private readonly deps: SessionTools,
    /** The exchanges on the way here. */
    walk: readonly Exchange[],
  ) {
    const { host, address, identity, provider, mxHosts, saysHelo } = setting;
    const { recognizeProvider, classify } = deps;
    const heloNames = heloNamesOf(identity);
    const { localAddress } = wire;
    this.setup = { host, address, identity, heloNames, saysHelo, mxHosts, localAddress, recognizeProvider, classify };
    this.usualPatience = (phase) => deps.timeouts[phase];
    this.state = newSession(this.setup, { provider, walk: [...walk], at: deps.clock.now() });
  }

  get isOpen(): boolean {
    return this.wire.isOpen;
  }
  /** Whether the host ever said anything. */
  get wasHeard(): boolean {
    return this.wire.wasHeard;
  }
  /** Resolves when the connection has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.wire.ended;
  }
  /** What is being waited for now; evidence for a question whose time is up. */
  get waitingFor(): { stage: ReplyStage; since: number } | null {
    return this.state.phase.at === 'quitting' ? null : this.state.waiting;
  }
  /** Epoch ms of the last reply, or of the connection. */
  get heardAt(): number {
    return this.state.heardAt;
  }
  get party(): Party {
    return this.state.party;
  }
  get provider(): Provider | null {
    return this.state.provider;
  }
  get capabilities(): Capabilities {
    return this.state.capabilities;
  }
  /** The last positive reply to EHLO or HELO. */
  get hello(): Exchange | null {
    return this.state.hello;
  }
  get isSecure(): boolean {
    return this.state.party.isSecure;
  }
  /** The exchanges that a group's questions share, in order: the walk that led here, greeting, EHLO, STARTTLS, the last MAIL. */
  get trail(): readonly Exchange[] {
    return this.state.trail;
  }
  /** Recipients that were answered in this session. */
  get answered(): number {
    return this.usage.answered;
  }
  /** What was asked here so far. */
  get usage(): Usage {
    return this.state.usage;
  }

  /** No more recipients can be asked here. */
  isSpent(lessons: HostLessons): boolean {
    return isSpent(this.state.usage, this.bounds(lessons));
  }
  /** How many recipients the next group may hold when this many wait. */
  roomFor(envelope: Envelope, waiting: number, lessons: HostLessons): number {
    return roomFor(this.state.usage, this.bounds(lessons), { envelope, waiting });
  }

  /** Greeting and EHLO. */
  open(patience: Patience): Promise<Told> {
    return this.run({ kind: 'connected', at: this.now() }, patience);
  }
  /** STARTTLS, the handshake, and EHLO once more, before any recipient was named. */
  secure(patience: Patience): Promise<Told> {
    return this.run({ kind: 'secure', at: this.now() }, patience);
  }
  ask(group: Group, lessons: HostLessons): Promise<Told> {
    const roomInOpen = openRoomFor(this.state.usage, this.bounds(lessons), group);
    return this.run({ kind: 'ask', group, lessons, roomInOpen, at: this.now() }, this.usualPatience);
  }
  /** Waits for the next replies to the current group. */
  async listen(): Promise<Told> {
    return this.run(await this.hear(this.usualPatience), this.usualPatience);
  }

  /** Sends QUIT if no reply is outstanding, and ends the connection in any case. */
  async quit(): Promise<void> {
    if (!this.isOpen) return;
    this.take({ kind: 'quit', at: this.now() });
    if (this.state.phase.at === 'quitting') this.take(await this.hear(this.usualPatience));
  }

  destroy(): void {
    this.wire.destroy();
  }

  /** Ends a wait early: recipients that wait for a reply get a timeout of our own. */
  giveUp(why: string): void {
    this.wire.giveUp(why);
  }

  /** Runs until there is something to return. */
  private async run(first: SessionEvent, patience: Patience): Promise<Told> {
    let told = toldBy(this.take(first));
    while (told.answers.length === 0 && told.end === null) {
      const more = toldBy(this.take(await this.hear(patience)));
      told = { ...more, lessons: [...told.lessons, ...more.lessons] };
    }
    return told;
  }

  private take(event: SessionEvent): readonly SessionEffect[] {
    const { state, effects } = this.advanced(event);
    this.state = state;
    for (const effect of effects) {
      if (effect.kind === 'send') this.wire.send(effect.commands);
      if (effect.kind === 'close') this.wire.destroy();
    }
    return effects;
  }

  /** If our own code fails at what the host said, the session ends there, as if the host had ended it. */
  private advanced(event: SessionEvent): Step {
    try {
      return advance(this.state, event, this.setup);
    } catch (error) {
      this.deps.onFault(error);
      this.wire.destroy();
      return advance(this.state, { kind: 'failed', failure: OWN_FAULT, at: this.now() }, this.setup);
    }
  }

  private async hear(patience: Patience): Promise<SessionEvent> {
    const { phase, waiting } = this.state;
    const timeoutMs = patience(waiting?.atMost ?? 'quitMs');
    if (phase.at === 'handshake') {
      const failure = await this.wire.secure(this.setup.host, timeoutMs);
      return failure === null ? { kind: 'secured', at: this.now() } : { kind: 'failed', failure, at: this.now() };
    }
    const event = await this.wire.next(timeoutMs);
    const at = this.now();
    return event.kind === 'failure' ? { kind: 'failed', failure: event, at } : { kind: 'replies', replies: event.replies, at };
  }

  private bounds(lessons: HostLessons): Bounds {
    const { capabilities, provider } = this.state;
    return { capabilities, provider, lessons, limits: this.deps.limits };
  }

  private now(): number {
    return this.deps.clock.now();
  }
}

function toldBy(effects: readonly SessionEffect[]): Told {
  let answers: readonly Answer[] = [];
  const lessons: Lesson[] = [];
  let end: SessionEnd | null = null;
  for (const effect of effects) {
    if (effect.kind === 'answer') ({ answers } = effect);
    if (effect.kind === 'learn') lessons.push(effect.lesson);
    if (effect.kind === 'end') ({ end } = effect);
  }
  return { answers, lessons, end };
}
