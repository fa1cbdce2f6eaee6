// What this process has learnt of mail hosts: that one wants TLS, how many recipients it bears before it drops us, which of its
// addresses do not answer. Lessons age; a wrong one costs a few more connections and never a verdict.
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from './bounded-map';
import { DEAD_ADDRESS_MAX_AGE_MS, HOST_LESSON_MAX_AGE_MS } from './timeouts';

export interface HostLessons {
  wantsTls: boolean;
  /** Slows down, then ends, sessions with many refusals. */
  tires: boolean;
  /** Most recipients in one transaction, and in one session; null while nothing stood in the way. */
  groupSize: number | null;
  sessionSize: number | null;
}

const NOTHING_LEARNT: HostLessons = { wantsTls: false, tires: false, groupSize: null, sessionSize: null };
const smaller = (known: number | null, seen: number): number => Math.max(1, Math.min(known ?? seen, seen));

export class HostMemory {
  private readonly lessons: BoundedMap<string, HostLessons & { at: number }>;
  private readonly deadSince: BoundedMap<string, number>;

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.lessons = new BoundedMap(maxEntries);
    this.deadSince = new BoundedMap(maxEntries);
  }

  of(host: string): HostLessons {
    const known = this.lessons.get(host);
    return known === undefined || this.clock.now() - known.at > HOST_LESSON_MAX_AGE_MS ? NOTHING_LEARNT : known;
  }

  learnTls(host: string): void {
    this.learn(host, { ...this.of(host), wantsTls: true });
  }
  learnTiring(host: string): void {
    this.learn(host, { ...this.of(host), tires: true });
  }
  /** A transaction was full after so many recipients. */
  learnGroupSize(host: string, recipients: number): void {
    const known = this.of(host);
    this.learn(host, { ...known, groupSize: smaller(known.groupSize, recipients) });
  }
  /** A session ended on us after so many recipients. */
  learnSessionSize(host: string, recipients: number): void {
    const known = this.of(host);
    this.learn(host, { ...known, sessionSize: smaller(known.sessionSize, recipients) });
  }

  learnDead(address: string): void {
    this.deadSince.set(address, this.clock.now());
  }
  isDead(address: string): boolean {
    const since = this.deadSince.get(address);
    return since !== undefined && this.clock.now() - since < DEAD_ADDRESS_MAX_AGE_MS;
  }

  private learn(host: string, lessons: HostLessons): void {
    this.lessons.set(host, { ...lessons, at: this.clock.now() });
  }
}
