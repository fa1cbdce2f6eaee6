// The entrance to mail hosts: each set of hosts has one queue, which every question joins and which is removed when nothing waits in it.
// Guarantees: every question is answered, by its deadline or when the adapter closes; a hearing's witnesses are asked as the refused were.
import { setTimeout as sleep } from 'node:timers/promises';
import { Deadlines } from '@/worker/engine/deadlines';
import type { MailHost } from '@/lib/verdict/mail-host';
import type { MailboxQuestion } from '@/worker/engine/ports';
import { Destinations } from '../destinations/destinations';
import { Doubt, isUnheard, type Hearing, type OwnWords, type Positions, type Told, type Witness } from '../doubt/doubt';
import { Reputation } from '../reputation/reputation';
import type { Exchange } from '../exchange';
import type { SmtpDeps } from '../smtp-deps';
import { sendersOf, tripletOf, type Sender } from '../senders';
import type { Asked, Obstacle } from './asked';
import { HostQueue } from './host-queue';
import { HostMemory } from './host-memory';
import type { HostTools } from './host-state';
import type { RecipientSpec } from './recipient';
import { SessionPool } from './session-pool';

export type { Obstacle, Settled } from './asked';

/** What to ask on behalf of a question: its mailbox, its domain's probe, or a witness. */
export type Whom = Pick<RecipientSpec, 'kind' | 'localPart' | 'mostPuts' | 'alone'> &
  Partial<Pick<RecipientSpec, 'excluded' | 'tls'>>;

const SHUTTING_DOWN: Obstacle = { failure: 'disconnected', detail: 'the verifier is shutting down' };
/** Once, and once more after a lost session. */
const WITNESS_PUTS = 2;
const NO_WAYS: ReadonlySet<string> = new Set();

/** Hosts of equal preference come shuffled, but the set is the same. A single host, the usual case, is identified by its name. */
function keyOf(hosts: readonly MailHost[]): string {
  const [first] = hosts;
  if (first !== undefined && hosts.length === 1) return first.name;
  const names = hosts.map(({ name, preference }) => `${String(preference)} ${name}`);
  return names.toSorted().join('\n');
}

export class MailHosts {
  private readonly queues = new Map<string, HostQueue>();
  private readonly senders: readonly Sender[];
  private readonly tools: HostTools;

  constructor(deps: SmtpDeps) {
    const { clock, redact, timeouts, limits } = deps;
    const pool = new SessionPool(timeouts.idleMs);
    const reputation = reputationOf(deps, pool);
    this.senders = sendersOf(deps.identities);
    const hear = (hearing: Hearing): void => void this.hear(hearing);
    const madeUp = (domain: string): string => deps.randomName(domain, 'human');
    const doubtTools = { clock, redact, senders: this.senders, hear, madeUp, aloneMs: timeouts.hearingMs };
    this.tools = {
      deps,
      pool,
      reputation,
      memory: new HostMemory(clock, limits.memoryEntries),
      destinations: destinationsOf(deps, pool, reputation),
      doubt: new Doubt(doubtTools, limits.memoryEntries),
      deadlines: new Deadlines(clock),
      hear,
      whenEmpty: (queue) => this.queues.delete(queue),
    };
  }

  /** Null once the health of our identities is known, or did not arrive in time. */
  get starting(): Promise<void> | null {
    return this.tools.reputation.starting;
  }

  /** Null if questions can be asked. */
  get obstacle(): Obstacle | null {
    return this.tools.pool.isClosed ? SHUTTING_DOWN : null;
  }

  ask(question: MailboxQuestion, whom: Whom, obstacle = this.obstacle): Pick<Asked, 'settled' | 'late'> {
    const { hosts, provider } = question;
    const key = keyOf(hosts);
    const known = this.queues.get(key);
    known?.refresh(hosts, provider);
    const queue = known ?? new HostQueue(key, this.tools, { hosts, provider });
    if (known === undefined) this.queues.set(key, queue);
    const { kind, localPart, mostPuts, alone, excluded = NO_WAYS, tls = 'usual' } = whom;
    const { domain, deadline, triplet, isSingle = false } = question;
    const needsSmtpUtf8 = question.needsSmtpUtf8 && kind !== 'probe';
    const askedAt = this.tools.deps.clock.now();
    const { senders } = this;
    return queue.ask(
      {
        kind,
        localPart,
        domain,
        needsSmtpUtf8,
        askedAt,
        deadline,
        isSingle,
        senders,
        triplet,
        mostPuts,
        alone,
        tls,
        excluded,
      },
      obstacle,
    );
  }

  get words(): OwnWords {
    return this.tools.doubt.words;
  }
  /** Other mailboxes of the domain are being asked. */
  isExpecting(domain: string): boolean {
    return this.tools.doubt.isExpecting(domain);
  }
  /** Resolves when none of them is any longer; never if none is being asked. */
  whenAllHeard(domain: string): Promise<void> {
    return this.tools.doubt.whenAllHeard(domain);
  }

  get positions(): Positions {
    return this.tools.doubt.positions;
  }

  /** What this host says to a recipient behind others is worth nothing. */
  askOneASession({ party }: Exchange): void {
    this.tools.memory.learnSessionSize(party.host, 1);
    this.tools.doubt.suspect(party, true);
  }

  hasProvedSteady({ party }: Exchange): boolean {
    return this.tools.doubt.hasProvedSteady(party);
  }

  /** Remembers an accepted mailbox, to be asked again if its host ever refuses everybody. */
  vouch(witness: Omit<Witness, 'acceptedAt'>, queue: string): void {
    this.tools.doubt.vouch(witness, queue);
  }

  /** Ends every waiting question at once. */
  async close(): Promise<void> {
    const closing = this.tools.pool.close();
    for (const asked of this.tools.deadlines.waiting) asked.withdraw(SHUTTING_DOWN);
    await closing;
    await this.tools.reputation.close();
  }

  /** Asks one witness after the other. If nothing is heard, the same one is asked again, in the next way, with twice the time. */
  private async hear(hearing: Hearing): Promise<void> {
    const { doubt, deps } = this.tools;
    const { ways, isAlone } = hearing;
    const { hearingMs } = deps.timeouts;
    let tries = 0;
    for (const [at, witness] of hearing.witnesses.entries()) {
      const alone = isAlone === 'each' || (isAlone === 'first' && at === 0) ? 'always' : 'no';
      for (let way = ways[tries]; way !== undefined; way = ways[tries]) {
        const since = deps.clock.now();
        const exchange = await this.askWitness(hearing, { witness, way }, { alone, deadline: since + hearingMs * 2 ** tries });
        const next = isUnheard(exchange) ? nextWay(ways, tries, exchange) : null;
        if (next === null) {
          if (!doubt.testify(hearing, { witness, exchange, way })) return;
          break;
        }
        tries = next;
        // A host that is busy needs a moment.
        if (ways[tries] === way) await sleep(since + hearingMs / 2 - deps.clock.now(), undefined, { ref: false });
      }
    }
  }

  /** Ahead of everyone who has more time. */
  private async askWitness(
    { tls, refused }: Hearing,
    { witness, way: { sender, elsewhere } }: Pick<Told, 'witness' | 'way'>,
    { alone, deadline }: { alone: Whom['alone']; deadline: number },
  ): Promise<Exchange> {
    const { host } = refused.party;
    const isSameHost = witness.hosts.some(({ name }) => name === host);
    const triplet = tripletOf(sender, elsewhere?.host ?? (isSameHost ? host : witness.host));
    const { localPart } = witness;
    const excluded = elsewhere?.excluded ?? NO_WAYS;
    const whom = { kind: 'witness', localPart, mostPuts: WITNESS_PUTS, alone, tls, excluded } as const;
    return (await this.ask({ ...witness, triplet, deadline, isSingle: true }, whom).settled).exchange;
  }
}

/** A place that cannot be reached is not tried again. Null: there is no other way. */
function nextWay(ways: Hearing['ways'], tries: number, { came }: Exchange): number | null {
  const last = ways.length - 1;
  const isUnreachable = came.kind === 'failure' && came.failure === 'connect_failed' && ways[last] !== ways[tries];
  return tries === last ? null : isUnreachable ? last : tries + 1;
}

/** Idle sessions give way to those who wait for a place. */
function reputationOf(deps: SmtpDeps, pool: SessionPool): Reputation {
  const { identities, clock, health: store, timeouts, limits } = deps;
  return new Reputation({
    identities,
    clock,
    store,
    timeouts,
    limits,
    makeRoom: (isGivingWay) => {
      pool.makeRoom(isGivingWay);
    },
  });
}

function destinationsOf(deps: SmtpDeps, pool: SessionPool, reputation: Reputation): Destinations {
  const { limits, destinations: store, isUnbounded, recognizeProvider, clock } = deps;
  return new Destinations({
    limits: limits.destinations,
    store,
    isUnbounded,
    recognizeProvider,
    clock,
    maxEntries: limits.memoryEntries,
    workers: () => reputation.workers,
    makeRoom: (isInTheWay) => {
      pool.makeRoom(({ stay }) => stay !== null && isInTheWay(stay.destination));
    },
  });
}
