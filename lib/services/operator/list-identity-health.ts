// How each sending identity fares at each provider, the worst first, in cursor pages, with the count of each state. The cursor
// holds a place in the order and no row's id: rows change state between two pages, and the next page still goes on behind it.
// For operators: the caller has made sure of that.
import { z } from 'zod';
import {
  countHealthStates,
  listHealthIdentities,
  listHealthRows,
  type HealthPlace,
  type HealthRow,
} from '@/lib/data/operator-health';
import { HEALTH_STATES, type HealthFilter, type HealthPage, type IdentityHealthView } from '@/lib/domain/operator-view';

const PAGE_SIZE = 50;
const IDENTITIES_MAX = 200;

const text = z.string().max(1_000);
const placeSchema = z.tuple([z.enum(HEALTH_STATES), z.int().min(0).max(2_147_483_647), text, text]);

/** `cursor` is the `nextCursor` of the page before; one that is not understood is the first page. */
export async function listIdentityHealth(filter: HealthFilter & { cursor?: string | undefined } = {}): Promise<HealthPage> {
  const { cursor, state, ...who } = filter;
  const [rows, states, identities] = await Promise.all([
    listHealthRows({ ...who, state, after: readCursor(cursor), take: PAGE_SIZE + 1 }),
    countHealthStates(who),
    listHealthIdentities(IDENTITIES_MAX),
  ]);
  const page = rows.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  const counts = { resting: 0, trial: 0, slowed: 0, working: 0 };
  for (const { state: name, count } of states) counts[name] = count;
  return { items: page.map(toView), nextCursor: rows.length > PAGE_SIZE && last ? writeCursor(last) : null, counts, identities };
}

const toView = ({ slowedAt, windowAt, restsUntil, lastRefusalAt, ...row }: HealthRow): IdentityHealthView => ({
  ...row,
  slowedAt: slowedAt?.toISOString() ?? null,
  windowAt: windowAt.toISOString(),
  restsUntil: restsUntil?.toISOString() ?? null,
  lastRefusalAt: lastRefusalAt?.toISOString() ?? null,
});

const writeCursor = ({ state, refused, identity, provider }: HealthPlace): string =>
  Buffer.from(JSON.stringify([state, refused, identity, provider])).toString('base64url');

function readCursor(cursor: string | undefined): HealthPlace | undefined {
  try {
    const place = placeSchema.safeParse(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8')));
    if (!place.success) return undefined;
    const [state, refused, identity, provider] = place.data;
    // PostgreSQL has no text with a zero byte.
    return `${identity}${provider}`.includes('\0') ? undefined : { state, refused, identity, provider };
  } catch {
    return undefined;
  }
}
