// Which process is killed when: some kills come at the very beginning, the others as the list progresses, some right after the one before,
// while the product is still coming back. The given random numbers determine everything.
import type { Random } from './random';

export interface Kill<V> {
  victim: V;
  /** Not before this share of the list is done, 0–1, */
  atShare: number;
  /** and this long after that, or after the previous kill. */
  afterMs: number;
}

/** One row in twelve is greylisted and finishes among the last: a kill after this share might have to wait for the list's end. */
const LAST_SHARE = 0.85;
const LONGEST_MS = 1_500;
const AT_ONCE = 0.3;
const AT_THE_BEGINNING = 0.2;

export function planKills<V>({ kills, victims }: { kills: number; victims: readonly V[] }, random: Random): Kill<V>[] {
  const order: V[] = [];
  while (order.length < kills) order.push(...shuffled(victims, random));
  const shares = order.map(() => (random() < AT_THE_BEGINNING ? 0 : random() * LAST_SHARE)).sort((a, b) => a - b);
  return order.slice(0, kills).map((victim, at) => {
    const isAtOnce = at > 0 && random() < AT_ONCE;
    return { victim, atShare: isAtOnce ? 0 : (shares[at] ?? 0), afterMs: random() * LONGEST_MS };
  });
}

const shuffled = <T>(things: readonly T[], random: Random): T[] =>
  things
    .map((thing) => ({ thing, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ thing }) => thing);
