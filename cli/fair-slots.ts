// Who may be under way at once. Reads ahead and starts domain by domain, so that even a shuffled list asks a mail host much over
// few connections. Promises that an address whose host lets us wait takes its slot from the others for no longer than
// `slowAfterMs`, and its whole domain's only once: while one of a domain is late, its others start outside the slots. All that
// waits or is late is bounded, so memory stays flat whatever the list looks like. Refuses no work and promises no order.

export interface SlotLimits {
  /** Under way at once, late ones and their domains aside. */
  slots: number;
  /** Of one domain while others wait for slots, so that many are asked at the same time. */
  slotsAtFirst: number;
  /** Of one domain, late ones included. */
  slotsADomain: number;
  /** After so long one is late. */
  slowAfterMs: number;
  /** Outside the slots at once. */
  slowMax: number;
  /** Read and not started; beyond that reading stops. */
  queueMax: number;
  /** What is read within so short a time is sorted by domain before the first is started. */
  gatherMs: number;
}

interface Domain<T> {
  name: string;
  queue: T[];
  /** Where the queue begins: taking from the front of a long array would move all the rest. */
  head: number;
  underWay: number;
  late: number;
}

interface Entry<T> {
  domain: Domain<T>;
  since: number;
  holdsSlot: boolean;
  isLate: boolean;
}

/** Looks for late ones in a tenth of the time that makes them so. */
const LOOKS_A_DELAY = 10;

export class FairSlots<T> {
  private readonly domains = new Map<string, Domain<T>>();
  /** Domains with somebody to start, in turn: those that need a slot, and those known to be slow. */
  private readonly ready = new Set<Domain<T>>();
  private readonly readySlow = new Set<Domain<T>>();
  /** Oldest first. */
  private readonly underWay = new Set<Entry<T>>();
  private inSlots = 0;
  private queued = 0;
  private look: NodeJS.Timeout | null = null;
  private gathering: NodeJS.Timeout | null = null;
  private readers: (() => void)[] = [];
  private atEnd: (() => void)[] = [];

  constructor(
    private readonly limits: SlotLimits,
    private readonly work: (item: T) => Promise<void>,
  ) {}

  /** A promise where the next one should not be read yet, null where it may. */
  add(name: string, item: T): Promise<void> | null {
    const domain = this.domains.get(name) ?? { name, queue: [], head: 0, underWay: 0, late: 0 };
    this.domains.set(name, domain);
    domain.queue.push(item);
    this.queued += 1;
    this.enlist(domain);
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.startAll();
    }, this.limits.gatherMs);
    return this.isFull ? new Promise((resolve) => this.readers.push(resolve)) : null;
  }

  /** Resolves once nobody waits and nobody is under way. */
  whenIdle(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise((resolve) => this.atEnd.push(resolve));
  }

  get isIdle(): boolean {
    return this.underWay.size === 0 && this.queued === 0;
  }
  private get outsideSlots(): number {
    return this.underWay.size - this.inSlots;
  }
  private get isFull(): boolean {
    return this.queued >= this.limits.queueMax;
  }

  /** One that can go on keeps its turn: what is asked in a row shares connections. */
  private enlist(domain: Domain<T>): void {
    const isEmpty = domain.head === domain.queue.length;
    if (isEmpty && domain.underWay === 0) this.domains.delete(domain.name);
    const canStart = !isEmpty && domain.underWay < this.limits.slotsADomain;
    for (const [set, isRight] of [[this.ready, domain.late === 0] as const, [this.readySlow, domain.late > 0] as const]) {
      if (canStart && isRight) set.add(domain);
      else set.delete(domain);
    }
  }

  private startAll(): void {
    const { slowMax, slotsAtFirst, slotsADomain } = this.limits;
    this.startUpTo(slotsAtFirst);
    this.startUpTo(slotsADomain);
    for (const domain of this.readySlow) {
      if (this.outsideSlots >= slowMax) break;
      while (this.outsideSlots < slowMax && this.readySlow.has(domain)) this.start(domain, false);
    }
  }

  /** Within the slots, so many of each domain. */
  private startUpTo(most: number): void {
    const { slots } = this.limits;
    for (const domain of this.ready) {
      if (this.inSlots >= slots) break;
      while (this.inSlots < slots && domain.underWay < most && this.ready.has(domain)) this.start(domain, true);
    }
  }

  private start(domain: Domain<T>, holdsSlot: boolean): void {
    const item = takeFirst(domain);
    if (item === undefined) return;
    this.queued -= 1;
    domain.underWay += 1;
    if (holdsSlot) this.inSlots += 1;
    const entry = { domain, since: Date.now(), holdsSlot, isLate: false };
    this.underWay.add(entry);
    this.enlist(domain);
    this.look ??= setInterval(() => {
      this.findLate();
    }, this.limits.slowAfterMs / LOOKS_A_DELAY);
    void this.work(item).finally(() => {
      this.end(entry);
    });
  }

  private end(entry: Entry<T>): void {
    this.underWay.delete(entry);
    entry.domain.underWay -= 1;
    if (entry.holdsSlot) this.inSlots -= 1;
    if (entry.isLate) entry.domain.late -= 1;
    this.enlist(entry.domain);
    this.goOn();
  }

  private findLate(): void {
    const before = Date.now() - this.limits.slowAfterMs;
    for (const entry of this.underWay) {
      if (entry.since > before) break;
      if (!entry.isLate) {
        entry.isLate = true;
        entry.domain.late += 1;
        this.enlist(entry.domain);
      }
      if (entry.holdsSlot && this.outsideSlots < this.limits.slowMax) {
        entry.holdsSlot = false;
        this.inSlots -= 1;
      }
    }
    this.goOn();
  }

  private goOn(): void {
    this.startAll();
    if (!this.isFull) for (const resume of this.readers.splice(0)) resume();
    if (!this.isIdle) return;
    if (this.look !== null) clearInterval(this.look);
    this.look = null;
    for (const done of this.atEnd.splice(0)) done();
  }
}

function takeFirst<T>(domain: Domain<T>): T | undefined {
  const item = domain.queue[domain.head];
  domain.head += 1;
  if (domain.head * 2 >= domain.queue.length) {
    domain.queue = domain.queue.slice(domain.head);
    domain.head = 0;
  }
  return item;
}
