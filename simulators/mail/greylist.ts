// The memory of a greylisting mail host. A triplet of client, sender and recipient (RFC 6647 section 2.3) is deferred until the delay is
// over, and accepted when it comes back. Guarantees: memory is bounded, and a triplet is forgotten after a while, so that a demonstration
// can be repeated.

export interface GreylistOptions {
  delayMs: number;
  now: () => number;
}

export interface Triplet {
  client: string;
  sender: string;
  recipient: string;
}

const TRIPLETS_MAX = 10_000;
const TRIPLET_MAX_AGE_MS = 600_000;

/** Returns how many seconds a triplet still has to wait; 0 means it is accepted. */
export function createGreylist({ delayMs, now }: GreylistOptions): (triplet: Triplet) => number {
  const firstSeen = new Map<string, number>();
  return ({ client, sender, recipient }) => {
    const key = JSON.stringify([client, sender.toLowerCase(), recipient.toLowerCase()]);
    const known = firstSeen.get(key);
    const isStranger = known === undefined || now() - known >= TRIPLET_MAX_AGE_MS;
    const since = isStranger ? now() : known;
    if (isStranger) {
      firstSeen.delete(key);
      firstSeen.set(key, since);
      const [oldest] = firstSeen.keys();
      if (firstSeen.size > TRIPLETS_MAX && oldest !== undefined) firstSeen.delete(oldest);
    }
    return Math.ceil(Math.max(0, since + delayMs - now()) / 1_000);
  };
}
