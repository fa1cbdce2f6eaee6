// The cap on a target domain, for the rows of a chunk: counted in one statement. Rows over it wait for the next hour, and are given up
// as an honest unknown when a list has waited long enough.
import { countProbes } from '@/lib/data/domain-probes';
import type { RowToAsk } from '@/lib/data/list-retries';

export interface Capped {
  within: RowToAsk[];
  over: RowToAsk[];
}

export async function withinCaps(rows: readonly RowToAsk[]): Promise<Capped> {
  const asked = new Map<string, number>();
  for (const { domain } of rows) if (domain !== '') asked.set(domain, (asked.get(domain) ?? 0) + 1);
  const room = new Map(await countProbes(asked));
  const capped: Capped = { within: [], over: [] };
  for (const row of rows) {
    const left = row.domain === '' ? Infinity : (room.get(row.domain) ?? 0);
    room.set(row.domain, left - 1);
    (left > 0 ? capped.within : capped.over).push(row);
  }
  return capped;
}

const HOUR_MS = 3_600_000;
const SPREAD_MS = 5 * 60_000;

/** Some minutes into the next hour, so that not everything comes at once. */
export const nextHour = (now: number, random: number): Date =>
  new Date((Math.floor(now / HOUR_MS) + 1) * HOUR_MS + random * SPREAD_MS);
