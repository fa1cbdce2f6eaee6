// The door to mail hosts: each set of them has one queue, which whoever asks joins, and which is gone when nobody waits any more. Promises
// an answer to every question, by its deadline or when the adapter closes; and that the witnesses of a hearing are asked as the refused were.
import { Deadlines } from '@/worker/engine/deadlines';
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import type { Hearing, Witness } from '../doubt/doubt';
import { sendersOf, tripletOf, type Sender } from '../senders';
import type { Asked, Obstacle } from './asked';
import { HostQueue } from './host-queue';
import type { HostTools } from './host-state';
import type { RecipientSpec } from './recipient';

export type { Obstacle, Settled } from './asked';

/** Whom to ask for, and where. */
export interface HostQuestion extends Omit<RecipientSpec, 'askedAt' | 'senders'> {
  /** In the order to try. Never empty. */
  hosts: readonly MailHost[];
  provider: Provider | null;
}

const SHUTTING_DOWN: Obstacle = { failure: 'disconnected', detail: 'the verifier is shutting down' };
/** Once, and once more after a lost session. */
const WITNESS_PUTS = 2;

/** Equal preferences come shuffled; the set of hosts is the same. */
const keyOf = (hosts: readonly MailHost[]): string =>
  hosts
    .map(({ name, preference }) => `${String(preference)} ${name}`)
    .toSorted()
    .join('\n');

export class MailHosts {
  private readonly queues = new Map<string, HostQueue>();
  private readonly senders: readonly Sender[];
  private readonly tools: HostTools;

  constructor(tools: Omit<HostTools, 'hear' | 'whenEmpty' | 'deadlines'>) {
    this.tools = {
      ...tools,
      deadlines: new Deadlines(tools.deps.clock),
      hear: (hearing) => void this.hear(hearing),
      whenEmpty: (queue) => this.queues.delete(queue),
    };
    this.senders = sendersOf(tools.deps.identities);
  }

  /** Null where somebody can be asked. */
  get obstacle(): Obstacle | null {
    return this.tools.pool.isClosed ? SHUTTING_DOWN : null;
  }

  ask({ hosts, provider, ...question }: HostQuestion, obstacle = this.obstacle): Pick<Asked, 'settled' | 'late'> {
    const key = keyOf(hosts);
    const known = this.queues.get(key);
    known?.refresh(hosts, provider);
    const queue = known ?? new HostQueue(key, this.tools, { hosts, provider });
    this.queues.set(key, queue);
    const { kind, localPart, domain, needsSmtpUtf8, deadline, isSingle, triplet, mostPuts } = question;
    const own = { kind, localPart, domain, needsSmtpUtf8, deadline, isSingle, triplet, mostPuts };
    return queue.ask({ ...own, askedAt: this.tools.deps.clock.now(), senders: this.senders }, obstacle);
  }

  /** An accepted mailbox can be asked again, should its host refuse everybody one day. */
  vouch(witness: Omit<Witness, 'acceptedAt'>): void {
    this.tools.doubt.vouch({ ...witness, acceptedAt: this.tools.deps.clock.now() }, keyOf(witness.hosts));
  }

  /** Everybody who still waits is told so at once. */
  async close(): Promise<void> {
    const closing = this.tools.pool.close();
    for (const asked of this.tools.deadlines.waiting) asked.withdraw(SHUTTING_DOWN);
    await closing;
    await this.tools.health.close();
  }

  /** One witness after the other, before all who have more time. */
  private async hear(hearing: Hearing): Promise<void> {
    const { doubt, deps } = this.tools;
    const { sender, host } = hearing.refused;
    for (const witness of hearing.witnesses) {
      const isSameHost = witness.hosts.some(({ name }) => name === host);
      const triplet = tripletOf(sender, isSameHost ? host : witness.host);
      const deadline = deps.clock.now() + deps.timeouts.hearingMs;
      const question = { ...witness, kind: 'witness' as const, triplet, deadline, isSingle: true, mostPuts: WITNESS_PUTS };
      const { exchange } = await this.ask(question).settled;
      if (!doubt.testify(hearing, witness, exchange)) return;
    }
  }
}
