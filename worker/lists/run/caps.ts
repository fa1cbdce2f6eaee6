// The workspace's share of a target domain's hour, for the rows of a chunk: taken in one statement where little is asked of a domain.
// Rows beyond it wait for the next hour, however often. Domains at a known provider are bounded by its pace and not here.
import { takeProbes } from '../../stores/domain-probes';
import type { RowToAsk } from '@/lib/lists/store/run';
import type { Scope } from '@/lib/platform/scope';
import { NEXT_HOUR_SPREAD_MS } from '@/lib/platform/limits';

export interface Capped {
  within: RowToAsk[];
  over: RowToAsk[];
}

export type IsAtProvider = (domain: string) => boolean | Promise<boolean>;

export async function withinCaps(scope: Scope, rows: readonly RowToAsk[], isAtProvider: IsAtProvider): Promise<Capped> {
  const asked = new Map<string, number>();
  for (const { domain } of rows) if (domain !== '') asked.set(domain, (asked.get(domain) ?? 0) + 1);
  const room = new Map(await takeProbes(scope, asked, 'list'));
  for (const [domain, count] of asked) {
    if ((room.get(domain) ?? 0) < count && (await isAtProvider(domain))) room.set(domain, count);
  }
  const capped: Capped = { within: [], over: [] };
  for (const row of rows) {
    const left = row.domain === '' ? Infinity : (room.get(row.domain) ?? 0);
    room.set(row.domain, left - 1);
    (left > 0 ? capped.within : capped.over).push(row);
  }
  return capped;
}

const HOUR_MS = 3_600_000;

/** Some minutes into the next hour, so that not everything comes at once. */
export const nextHour = (now: number, random: number): Date =>
  new Date((Math.floor(now / HOUR_MS) + 1) * HOUR_MS + random * NEXT_HOUR_SPREAD_MS);
