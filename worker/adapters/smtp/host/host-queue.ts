// The queue of one set of mail hosts, and how many runners empty it. A runner whose session has nothing to do takes as large a group as it
// may, so questions that arrive together share connections and round trips without anyone waiting for a batch to fill. Guarantees: a mailbox
// is asked before its probe, a lost session or full group costs nobody a verdict, and nothing is asked once its time is up.
import type { MailHost, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Exchange } from '../exchange';
import type { Identities } from '../reputation/reputation';
import type { Session } from '../session/session';
import { Answers } from './answers';
import { Asked, type Obstacle } from './asked';
import { overdue, refused, unasked, type End, type Waiting } from './after-loss';
import { SessionFinder } from './find-session';
import { HostState, type HostTools } from './host-state';
import { NextGroup } from './next-group';
import { beginningAs, newRecipient, type RecipientSpec } from './recipient';
import { Runner, type RunnerTools } from './runner';
import { SessionWindow } from './session-pool';
import { awayFrom } from './walk-hosts';
import type { HostSession } from './try-route';

export class HostQueue {
  private readonly state: HostState;
  private readonly identities: Identities;
  private readonly groups: NextGroup;
  private readonly runnerTools: RunnerTools;
  private readonly answers: Answers;
  private isFlushPlanned = false;
  private extra: NodeJS.Timeout | null = null;

  constructor(
    readonly key: string,
    private readonly tools: HostTools,
    { hosts, provider }: { hosts: readonly MailHost[]; provider: Provider | null },
  ) {
    const { deps, reputation, doubt, hear } = tools;
    const { sessionsAtFirst, sessionsAHost } = deps.limits;
    this.state = new HostState(key, hosts, provider, new SessionWindow(sessionsAtFirst, sessionsAHost));
    this.identities = reputation.at(this.state, provider);
    this.answers = new Answers({
      queue: key,
      hosts: () => this.state.hosts,
      askAgain: (asked) => {
        this.add(asked);
      },
      afterHold: () => {
        this.settleDown();
      },
      doubt,
      memory: tools.memory,
      hear,
      identities: this.identities,
      clock: deps.clock,
    });
    this.groups = new NextGroup(this.state, this.identities, tools);
    const { identities, groups } = this;
    const maxSessions = (): number => this.maxRunners;
    this.runnerTools = {
      shared: tools,
      identities,
      groups,
      maxSessions,
      finder: new SessionFinder(this.state, { shared: tools, identities, groups, maxSessions }),
      answers: this.answers,
      isOneTooMany: () => this.state.runners > this.maxRunners,
      sendAway: () => {
        this.sendAway();
      },
      startRunners: () => {
        this.startRunners();
      },
    };
  }

  /** DNS answers age; the latest question has the freshest. */
  refresh(hosts: readonly MailHost[], provider: Provider | null): void {
    this.state.hosts = hosts;
    this.state.provider = provider;
    this.identities.areAt(provider);
  }

  /** Puts a question into the queue, or answers it if there is an obstacle. */
  ask(spec: RecipientSpec, obstacle: Obstacle | null): Asked {
    const { doubt, deadlines } = this.tools;
    const fresh = newRecipient(spec, (sender) => this.identities.isResting(sender) || doubt.isLiedTo(spec.domain, sender));
    const asked = new Asked(awayFrom(fresh, this.state.hosts, doubt.vainPlacesOf(spec.domain)), this, deadlines);
    if (spec.kind === 'mailbox') doubt.expect(spec.domain);
    if (obstacle !== null) this.withdraw(asked, obstacle);
    else this.add(asked);
    return asked;
  }

  private add(asked: Asked): void {
    const { sender, spec } = asked.recipient;
    const wish = { sender, senders: spec.senders };
    this.admit(asked, this.identities.admit(wish, spec.kind === 'probe') ?? this.identities.lastRefusalOf(wish));
    if (this.isFlushPlanned) return;
    this.isFlushPlanned = true;
    setImmediate(() => {
      this.isFlushPlanned = false;
      this.startRunners();
      this.settleDown();
    });
  }

  /** Queues it as that identity. If none of our identities may ask, it is answered with the refusal that is the reason. */
  private admit(asked: Asked, how: SendingIdentity | Exchange): void {
    if ('came' in how) {
      end(asked, refused(asked.recipient, how));
      return;
    }
    const { recipient } = asked;
    if (recipient.sender.identity !== how) asked.recipient = beginningAs(recipient, how);
    this.state.queue.add(asked);
  }

  heard({ recipient: { spec } }: Asked): void {
    if (spec.kind === 'mailbox') this.tools.doubt.heard(spec.domain);
  }

  /** Ends a question that will not be asked (any more): the adapter closes, or the address cannot be sent. */
  withdraw(asked: Asked, obstacle: Obstacle): void {
    this.state.queue.remove(asked);
    if (asked.doubted !== null) this.answers.giveUndecided(asked, asked.doubted);
    else end(asked, unasked(asked.recipient, obstacle, this.waiting(null)));
  }

  /** The recipient's time is up: it gets the best that is known, and a session that nobody waits for any more is ended. */
  expire(asked: Asked): void {
    this.state.queue.remove(asked);
    if (asked.doubted !== null) {
      this.answers.giveUndecided(asked, asked.doubted);
      return;
    }
    const { heldBack, inLineSince, inSession, groups } = this.state;
    const isHeldBack = (inLineSince !== null && inSession === 0) || (heldBack > 0 && asked.recipient.puts === 0);
    const { session: own } = asked;
    const session = isHeldBack ? null : (own ?? this.mostTellingOpening);
    end(asked, overdue(asked.recipient, { ...this.waiting(session), isHeldBack }));
    if (own !== null && groups.get(own)?.every(({ isDone }) => isDone) === true) own.destroy();
  }

  /** Of the sessions being opened, one that was heard: an additional one that is still mute says nothing about the host. */
  private get mostTellingOpening(): HostSession | null {
    const opening = [...this.state.opening];
    return opening.findLast(({ wasHeard }) => wasHeard) ?? opening.at(-1) ?? null;
  }

  private waiting(session: Session | null): Waiting {
    const { hosts, provider } = this.state;
    return { hosts, provider, session, now: this.tools.deps.clock.now(), isHeldBack: false };
  }

  private get maxRunners(): number {
    const { memory, deps } = this.tools;
    const { hosts, window } = this.state;
    const { sessionsADroppingHost, sessionsASlowHost } = deps.limits;
    const borne = Math.min(this.state.cap, ...hosts.map(({ name }) => memory.sessionsBorne(name)));
    const cap = this.groups.isUnsteady ? 1 : borne;
    if (hosts.some(({ name }) => memory.of(name).isDropping)) return Math.min(cap, sessionsADroppingHost);
    const ours = this.identities.sessions(window.sessions);
    return Math.min(cap, this.isShort ? Math.min(ours, window.sessions) : ours, this.isLively ? cap : sessionsASlowHost);
  }

  /** Where a session takes any number of recipients, another one starts only after the existing ones have been too few for a moment. */
  private get maxRunnersAtOnce(): number {
    const isGrowing = this.state.provider === null && !this.isShort;
    return isGrowing ? Math.min(this.maxRunners, this.tools.deps.limits.sessionsAtFirst) : this.maxRunners;
  }

  /** Sessions take few recipients there, so many recipients need many sessions. */
  private get isShort(): boolean {
    return this.groups.sessionSize < this.tools.deps.limits.groupSize;
  }

  /** It has answered, and no session is kept waiting. */
  private get isLively(): boolean {
    return this.state.hasAnswered && ![...this.state.places].some((place) => place.isSlow);
  }

  private startRunners(): void {
    const { state } = this;
    const groupSize = this.groups.size;
    while (state.queue.length > 0) {
      const coming = state.runners - state.busy;
      const isMoreThanAGroup = state.queue.length > coming * groupSize && (coming > 0 || state.queue.length >= groupSize);
      if ((state.runners > 0 && !isMoreThanAGroup && !this.isForTwo(coming)) || state.runners >= this.maxRunnersAtOnce) break;
      this.startRunner();
    }
    this.planExtra();
  }

  /** One that needs a new session waits for its own runner, and those behind it wait for an idle session. */
  private isForTwo(coming: number): boolean {
    const { isNewWanted, headForOpen } = this.state.queue;
    return isNewWanted && coming < (headForOpen !== undefined && this.isIdleFor(headForOpen) ? 2 : 1);
  }

  /** Behind a busy session the wait is usually one round trip, which is cheaper than a new connection. Behind a slow one it is not. */
  private planExtra(): void {
    const { state } = this;
    if (this.extra !== null || state.queue.length === 0 || state.runners === 0) return;
    this.extra = setTimeout(() => {
      // First reads what arrived while this process was busy: the host is not to blame for that wait.
      setImmediate(() => {
        this.extra = null;
        if (this.needsExtra) this.startRunner();
        this.planExtra();
      });
    }, this.extraAfterMs);
  }

  /** A session that is open and idle costs no connection. */
  private get extraAfterMs(): number {
    const { extraSessionMs, idleSessionMs } = this.tools.deps.timeouts;
    const { queue, runners } = this.state;
    const { headForOpen } = queue;
    if (headForOpen === undefined || runners >= this.maxRunners) return extraSessionMs;
    return this.isIdleFor(headForOpen) ? idleSessionMs : extraSessionMs;
  }

  private isIdleFor(asked: Asked): boolean {
    return this.tools.pool.isKeeping(this.state.key, (session) => this.groups.fits(session, asked));
  }

  private get needsExtra(): boolean {
    const { queue, runners, busy, places } = this.state;
    if (queue.length === 0 || runners !== busy || runners >= this.maxRunners) return false;
    // What one of the sessions takes with its next group would only be cut into smaller groups.
    if (runners >= this.tools.deps.limits.sessionsAtFirst && queue.length < this.groups.size) return false;
    const enoughMs = this.extraAfterMs;
    return [...places].some(({ waitedMs }) => waitedMs >= enoughMs);
  }

  private startRunner(): void {
    const { state } = this;
    state.runners += 1;
    void new Runner(state, this.runnerTools).run().finally(() => {
      state.runners -= 1;
      // A question may have joined between the last look at the queue and now.
      if (state.runners === 0 && state.queue.length > 0 && !this.tools.pool.isClosed) this.startRunners();
      this.settleDown();
    });
  }

  private settleDown(): void {
    const { queue, runners, key } = this.state;
    if (queue.length > 0 || runners > 0 || this.isFlushPlanned || this.answers.isHolding) return;
    if (this.extra !== null) clearTimeout(this.extra);
    this.extra = null;
    this.tools.whenEmpty(key);
  }

  /** Recipients that no identity may ask for any more are told why. */
  private sendAway(): void {
    const isKeptAway = ({ recipient }: Asked): boolean => this.identities.isKeptAway(recipient.sender.identity);
    for (const asked of this.state.queue.takeAll(isKeptAway)) {
      const { sender, spec } = asked.recipient;
      const wish = { sender, senders: spec.senders };
      this.admit(asked, this.identities.readmit(wish) ?? this.identities.lastRefusalOf(wish));
    }
  }
}

function end(asked: Asked, { recipient, exchange }: End): void {
  asked.recipient = recipient;
  asked.settle(exchange);
}
