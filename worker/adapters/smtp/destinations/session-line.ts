// Open sessions at each address and each network, including connections being dialed, and the line of those who wait for one. Guarantees:
// no limit is exceeded, whatever names lead to an address; single checks come before lists, and hosts in the order of arrival; a full
// address holds up no other address of its network.
import type { Destination } from './destination';

export interface Visitor {
  destination: Destination;
  /** A client waits for this answer alone; checked again whenever a place is free. */
  isSingle: () => boolean;
  isWanted: () => boolean;
}

/** Gives the place back; a second call does nothing. */
export type Release = () => void;

interface Waiter extends Visitor {
  admit: (release: Release | null) => void;
}

interface Net {
  open: number;
  openAt: Map<string, number>;
  /** In order of arrival. */
  waiting: Waiter[];
}

export interface LineSetting {
  /** Across all workers. */
  sessions: { anAddress: number; aNet: number };
  /** Live workers, which share the limits. */
  workers: () => number;
  /** If an idle session is in the way of someone who waits there, ends it. */
  makeRoom: (isInTheWay: (of: Destination) => boolean) => void;
}

export class SessionLine {
  private readonly nets = new Map<string, Net>();

  constructor(private readonly setting: LineSetting) {}

  /** Null if there is no room: then call `wait`. */
  enter(destination: Destination): Release | null {
    const net = this.netOf(destination.net);
    return this.hasRoom(net, destination.address) ? this.open(net, destination) : null;
  }

  /** Null if the session is no longer wanted when its turn comes. */
  wait(visitor: Visitor): Promise<Release | null> {
    const { destination } = visitor;
    const net = this.netOf(destination.net);
    return new Promise((resolve) => {
      net.waiting.push({ ...visitor, admit: resolve });
      this.setting.makeRoom((other) => isInTheWay(other, destination, this.isNetFull(net)));
    });
  }

  /** Someone waits for what the end of a session there would free. */
  isWantedAt({ address, net: name }: Destination): boolean {
    const net = this.nets.get(name);
    if (net === undefined || net.waiting.length === 0) return false;
    return this.isNetFull(net) || net.waiting.some(({ destination }) => destination.address === address);
  }

  private netOf(name: string): Net {
    const known = this.nets.get(name);
    if (known !== undefined) return known;
    const net: Net = { open: 0, openAt: new Map(), waiting: [] };
    this.nets.set(name, net);
    return net;
  }

  private mine(bound: number): number {
    return Math.max(1, Math.floor(bound / this.setting.workers()));
  }
  private isNetFull(net: Net): boolean {
    return net.open >= this.mine(this.setting.sessions.aNet);
  }
  private hasRoom(net: Net, address: string): boolean {
    return !this.isNetFull(net) && (net.openAt.get(address) ?? 0) < this.mine(this.setting.sessions.anAddress);
  }

  private open(net: Net, destination: Destination): Release {
    const { address } = destination;
    net.open += 1;
    net.openAt.set(address, (net.openAt.get(address) ?? 0) + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      net.open -= 1;
      const left = (net.openAt.get(address) ?? 1) - 1;
      if (left > 0) net.openAt.set(address, left);
      else net.openAt.delete(address);
      this.admitNext(net);
      if (net.open === 0 && net.waiting.length === 0) this.nets.delete(destination.net);
    };
  }

  private admitNext(net: Net): void {
    for (let next = this.nextOf(net); next !== null; next = this.nextOf(net)) {
      net.waiting.splice(net.waiting.indexOf(next), 1);
      next.admit(next.isWanted() ? this.open(net, next.destination) : null);
    }
  }

  /** Single checks first, then addresses with the fewest sessions, then the order of arrival. */
  private nextOf(net: Net): Waiter | null {
    let best: Waiter | null = null;
    for (const waiter of net.waiting) {
      if (!this.hasRoom(net, waiter.destination.address)) continue;
      if (best === null || isBefore(waiter, best, net)) best = waiter;
    }
    return best;
  }
}

function isBefore(waiter: Waiter, other: Waiter, { openAt }: Net): boolean {
  if (waiter.isSingle() !== other.isSingle()) return waiter.isSingle();
  return (openAt.get(waiter.destination.address) ?? 0) < (openAt.get(other.destination.address) ?? 0);
}

const isInTheWay = (other: Destination, wanted: Destination, isNetFull: boolean): boolean =>
  other.address === wanted.address || (isNetFull && other.net === wanted.net);
