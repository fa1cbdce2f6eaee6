// Decides which addresses are checked at the same time. Reads ahead and starts domain by domain, so that even a shuffled list asks a mail
// host much over few connections. Guarantees: an address whose host lets us wait holds a slot for `slowAfterMs` at most, and its domain
// loses slots only once, because while one of its addresses is late, the others start outside the slots. Waiting and late addresses are
// bounded, so memory stays flat whatever the list looks like. It rejects no work and guarantees no order.

export interface SlotLimits {
  /** Addresses under way at once, not counting late ones and their domains. */
  slots: number;
  /** The same for one domain while others wait for slots, so that many domains are asked at the same time. */
  slotsAtFirst: number;
  /** The most for one domain, late ones included. */
  slotsADomain: number;
  /** An address under way for this long is late. */
  slowAfterMs: number;
  /** The most under way outside the slots. */
  slowMax: number;
  /** The most that is read but not started; reading stops there. */
  queueMax: number;
  /** Items read within this time are sorted by domain before the first starts. */
  gatherMs: number;
}

interface Domain<T> {
  name: string;
  queue: T[];
  /** Index of the queue's first item: removing items from the front of a long array would move all the rest. */
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

/** Late addresses are looked for every tenth of `slowAfterMs`. */
const LOOKS_A_DELAY = 10;

export class FairSlots<T> {
  private readonly domains = new Map<string, Domain<T>>();
  /** Domains with items to start, in turn: those that need a slot, and those known to be slow. */
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

  /** Returns a promise if the caller should wait before reading more, otherwise null. */
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

  /** Resolves once nothing is queued or under way. */
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

  /** A domain that can go on keeps its place, because addresses asked in a row share connections. */
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

  /** Fills free slots, with at most this many addresses of one domain. */
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
