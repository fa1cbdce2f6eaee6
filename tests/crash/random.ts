// Random numbers from a given seed, so that a run can be repeated. (mulberry32)

export type Random = () => number;

export function createRandom(seed: number): Random {
  let status = seed >>> 0;
  return () => {
    status = (status + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(status ^ (status >>> 15), 1 | status);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(random: Random, things: readonly [T, ...T[]]): T =>
  things[Math.floor(random() * things.length)] ?? things[0];
