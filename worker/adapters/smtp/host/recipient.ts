// One mailbox, one made-up name, or one witness, on its way to an answer: as whom and where it is asked next, what was exchanged for
// it so far, and its hard deadline. Promises to settle exactly once, at the deadline at the latest; what was exchanged until then is
// kept.
import type { GreylistTriplet, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Alarm, Deadlines } from '@/worker/engine/deadlines';
import type { Exchange } from '../exchange';
import { isSenderOf, type Sender } from '../senders';
import type { Session } from '../session/session';

export interface RecipientSpec {
  /** A witness is a mailbox that is asked again on our own account; nobody waits for a verdict on it. */
  kind: 'mailbox' | 'probe' | 'witness';
  /** Key of the queue it waits in. */
  queue: string;
  localPart: string;
  domain: string;
  needsSmtpUtf8: boolean;
  /** Epoch ms */
  askedAt: number;
  deadline: number;
  /** Somebody waits for this answer alone. */
  isSingle: boolean;
  senders: readonly Sender[];
  triplet: GreylistTriplet | null;
  /** How often RCPT may name it at all. */
  mostPuts: number;
  /** A reply that came after the deadline. */
  onLateReply?: ((exchange: Exchange) => void) | undefined;
}

/** One for all recipients: they are many. */
export interface RecipientWatch {
  /** It is better to begin as somebody else. */
  isResting: (sender: Sender, queue: string) => boolean;
  onDeadline: (recipient: Recipient) => void;
  /** Of all who are not settled. */
  deadlines: Deadlines<Recipient>;
}

const NONE: ReadonlySet<string> = new Set();
const NOTHING: readonly Exchange[] = [];

/** A greylist retry comes from the same identity and sender; where that identity is gone from the pool, from any. */
function sameAs(triplet: GreylistTriplet, senders: readonly Sender[]): readonly Sender[] {
  const same = senders.filter((sender) => isSenderOf(triplet, sender));
  return same.length > 0 ? same : senders;
}

export class Recipient {
  readonly wireAddress: string;
  /** In their order. */
  noted: readonly Exchange[] = NOTHING;
  readonly settled: Promise<Exchange>;
  outcome: Exchange | null = null;
  sender: Sender;
  preferredHost: string | null;
  /** The most telling thing so far, should nothing better come. */
  fallback: Exchange | null = null;
  tries = 0;
  puts = 0;
  /** The session it is being asked on. */
  session: Session | null = null;
  /** Told when the time was up while it was being asked. */
  whenExpired: (() => void) | null = null;
  /** Set while its answer is held under suspicion; gives it the answer it gets then. */
  whenHeldTooLong: (() => void) | null = null;
  provider: Provider | null = null;
  private senders: readonly Sender[];
  private excludedWays: Set<string> | null = null;
  private disowners: Set<string> | null = null;
  /** Epoch ms; later than it was at first by what `pause` has told. */
  deadline: number;
  private alarm: Alarm<Recipient>;
  private resolve: ((exchange: Exchange) => void) | null = null;

  constructor(
    readonly spec: RecipientSpec,
    private readonly watch: RecipientWatch,
  ) {
    const { triplet } = spec;
    this.wireAddress = `${spec.localPart}@${spec.domain}`;
    this.senders = triplet === null ? spec.senders : sameAs(triplet, spec.senders);
    const sender = this.senders.find((each) => !watch.isResting(each, spec.queue)) ?? this.senders[0];
    if (sender === undefined) throw new Error('no sending identity');
    this.sender = sender;
    this.preferredHost = triplet?.host ?? null;
    this.settled = new Promise((resolve) => {
      this.resolve = resolve;
    });
    this.deadline = spec.deadline;
    this.alarm = watch.deadlines.set(spec.deadline, this);
  }

  /** The time is up. */
  expire(): void {
    this.watch.onDeadline(this);
  }

  get isDone(): boolean {
    return this.outcome !== null;
  }
  /** Hosts and routes that have had their say. */
  get excluded(): ReadonlySet<string> {
    return this.excludedWays ?? NONE;
  }
  /** Hosts that said that the domain is not theirs. */
  get notHostedBy(): ReadonlySet<string> {
    return this.disowners ?? NONE;
  }

  /** A host, or one route to it, is not tried again. */
  exclude(way: string): void {
    this.excludedWays ??= new Set();
    this.excludedWays.add(way);
  }

  disownedBy(host: string): void {
    this.disowners ??= new Set();
    this.disowners.add(host);
  }

  note(exchanges: readonly Exchange[]): void {
    if (this.noted.length === 0) this.noted = exchanges;
    else for (const exchange of exchanges) this.noteOne(exchange);
  }

  /** A new array each time: the beginning is one that a whole group shares. */
  noteOne(exchange: Exchange): void {
    if (!this.noted.includes(exchange)) this.noted = this.noted.concat(exchange);
  }

  /** What was noted turned out to mean something else. */
  renote(from: Exchange, to: Exchange): void {
    const at = this.noted.lastIndexOf(from);
    if (at >= 0) this.noted = this.noted.with(at, to);
  }

  settle(exchange: Exchange): void {
    if (this.outcome !== null) return;
    this.watch.deadlines.clear(this.alarm);
    this.outcome = exchange;
    this.session = null;
    this.resolve?.(exchange);
  }

  /** Its time stood still for so long, while others were asked before it at the same address. At most all of its time comes on top. */
  pause(forMs: number): void {
    if (this.outcome !== null) return;
    const { askedAt, deadline } = this.spec;
    this.deadline = Math.min(this.deadline + forMs, 2 * deadline - askedAt);
    this.watch.deadlines.clear(this.alarm);
    this.alarm = this.watch.deadlines.set(this.deadline, this);
  }

  /** Begins as another identity, before all others of the pool. */
  beAs(identity: SendingIdentity): void {
    const { senders } = this.spec;
    const own = senders.filter((sender) => sender.identity === identity);
    this.senders = [...own, ...senders.filter((sender) => sender.identity !== identity)];
    this.sender = own[0] ?? this.sender;
  }

  /** Whom to be next; another source address too, where ours is refused. Null when all have been tried. */
  nextSender(mustChangeIdentity: boolean): Sender | null {
    const rest = this.senders.slice(this.senders.indexOf(this.sender) + 1);
    return rest.find(({ identity }) => !mustChangeIdentity || identity !== this.sender.identity) ?? null;
  }
}
