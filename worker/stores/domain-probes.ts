// How often each workspace probed a target domain within the hour. Nobody may use us to hammer or harvest a domain, and no workspace may
// use up what the others could ask within the hour. Guarantees: concurrent probes never exceed a share or the total (the domain's row is
// locked while shares are computed), and domains with little demand take a single statement.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryOne, queryRows } from '@/lib/platform/db/rows';
import { DOMAIN_PROBES, DOMAIN_SHARE_MOST } from '@/lib/platform/limits';
import { VISITORS_WORKSPACE_ID, type Scope } from '@/lib/platform/scope';

/** Single checks have a reserve in addition to the fair share. */
export type ProbeKind = 'list' | 'single';

interface Asked {
  workspaceId: string;
  kind: ProbeKind;
  /** By domain (A-label). */
  probes: ReadonlyMap<string, number>;
}

interface Waiting {
  domain: string;
  resolve: (isGranted: boolean) => void;
  reject: (error: unknown) => void;
}

interface Grant {
  shared: number;
  reserved: number;
  refused: number;
}

/** Single checks that wait for the previous query to end, by workspace. A workspace has an entry while one of its queries runs. */
const gathered = new Map<string, Waiting[]>();

/** Takes one probe for a single check; false if the workspace has none left this hour. Checks that arrive together share a query. */
export function takeProbe(scope: Scope, domain: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const waiting = gathered.get(scope.workspaceId);
    const mine = { domain, resolve, reject };
    if (waiting !== undefined) waiting.push(mine);
    else void takeGathered(scope, [mine]);
  });
}

/** Takes many probes at once. Returns how many were granted for each domain. */
export async function takeProbes(
  { workspaceId }: Scope,
  probes: ReadonlyMap<string, number>,
  kind: ProbeKind,
): Promise<ReadonlyMap<string, number>> {
  if (probes.size === 0) return new Map();
  const quiet = await takeQuiet({ workspaceId, kind, probes });
  const busy = new Map([...probes].filter(([domain]) => !quiet.has(domain)));
  const granted = new Map([...probes].filter(([domain]) => quiet.has(domain)));
  if (busy.size > 0)
    for (const [domain, count] of await shareOut({ workspaceId, kind, probes: busy })) granted.set(domain, count);
  return granted;
}

/** Without this, hundreds of checks would each hold a connection while they wait for the same row. Never rejects. */
async function takeGathered(scope: Scope, first: readonly Waiting[]): Promise<void> {
  for (let asking = first; asking.length > 0;) {
    const next: Waiting[] = [];
    gathered.set(scope.workspaceId, next);
    const wanted = new Map<string, number>();
    for (const { domain } of asking) wanted.set(domain, (wanted.get(domain) ?? 0) + 1);
    try {
      const left = new Map(await takeProbes(scope, wanted, 'single'));
      for (const { domain, resolve } of asking) {
        const count = left.get(domain) ?? 0;
        left.set(domain, count - 1);
        resolve(count > 0);
      }
    } catch (error) {
      for (const { reject } of asking) reject(error);
    }
    asking = next;
  }
  gathered.delete(scope.workspaceId);
}

/** Sorted, so that two chunks with the same domains wait for each other instead of deadlocking. */
const inOrder = (probes: ReadonlyMap<string, number>): [string[], number[]] => {
  const domains = [...probes.keys()].sort();
  return [domains, domains.map((domain) => probes.get(domain) ?? 0)];
};

const QuietRow = z.object({ domain: z.string() });

/** Counts all probes, and grants those for domains with little demand this hour, where sharing is not needed yet. */
async function takeQuiet({ workspaceId, probes }: Asked): Promise<ReadonlySet<string>> {
  const [domains, counts] = inOrder(probes);
  const unshared = workspaceId === VISITORS_WORKSPACE_ID ? 0 : DOMAIN_PROBES.unshared;
  // Runs before every check, so it does not wait for the disk. A database crash may lose a few probes.
  const rows = await queryRows(
    QuietRow,
    Prisma.sql`/* kept */
    WITH quick AS (SELECT set_config('synchronous_commit', 'off', true)), asked AS (
      SELECT t."domain", t."probes" FROM quick, unnest(${domains}::text[], ${counts}::int[]) AS t ("domain", "probes")
    ), counted AS (
      INSERT INTO "DomainProbeCount" ("domain", "hour", "probes")
      SELECT "domain", date_trunc('hour', timezone('UTC', now())), "probes" FROM asked
      ON CONFLICT ("domain", "hour") DO UPDATE SET "probes" = LEAST("DomainProbeCount"."probes"::bigint + EXCLUDED."probes", 2000000000)
      RETURNING "domain", "hour", "probes"
    )
    INSERT INTO "DomainUse" ("domain", "hour", "workspaceId", "shared")
    SELECT "domain", "hour", ${workspaceId}, asked."probes" FROM counted JOIN asked USING ("domain") WHERE counted."probes" <= ${unshared}
    ON CONFLICT ("domain", "hour", "workspaceId") DO UPDATE SET "shared" = "DomainUse"."shared" + EXCLUDED."shared"
    RETURNING "domain"`,
  );
  return new Set(rows.map(({ domain }) => domain));
}

function shareOut(asked: Asked): Promise<ReadonlyMap<string, number>> {
  return db().$transaction(async (tx) => {
    const [domains] = inOrder(asked.probes);
    const hour = await lockDomains(domains, tx);
    const uses = await listUses(domains, hour, tx);
    const grants = new Map(domains.map((domain) => [domain, grantOf(asked, domain, uses.get(domain) ?? [])]));
    await addUses(asked.workspaceId, { hour, grants }, tx);
    return new Map([...grants].map(([domain, { shared, reserved }]) => [domain, shared + reserved]));
  });
}

function grantOf({ workspaceId, kind, probes }: Asked, domain: string, uses: readonly DomainUse[]): Grant {
  const wanted = probes.get(domain) ?? 0;
  const mine = uses.find((use) => use.workspaceId === workspaceId) ?? { shared: 0, reserved: 0 };
  const take = (most: number, used: number, count: number): number => Math.max(0, Math.min(count, most - used));
  if (workspaceId === VISITORS_WORKSPACE_ID) {
    const reserved = take(DOMAIN_PROBES.visitors, mine.reserved, wanted);
    return { shared: 0, reserved, refused: wanted - reserved };
  }
  const others = uses.filter((use) => use.workspaceId !== VISITORS_WORKSPACE_ID);
  const shared = take(fairShare(others, workspaceId), mine.shared, wanted);
  const reserved = kind === 'single' ? take(reserveOf(others, workspaceId), mine.reserved, wanted - shared) : 0;
  return { shared, reserved, refused: wanted - shared - reserved };
}

/** Locks the domains. Returns the current hour by the database's clock. Does not wait for the disk, as in `takeQuiet`. */
async function lockDomains(domains: readonly string[], tx: Tx): Promise<string> {
  const { hour } = await queryOne(
    z.object({ hour: z.string() }),
    Prisma.sql`
    WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO "DomainProbeCount" ("domain", "hour")
    SELECT t."domain", date_trunc('hour', timezone('UTC', now())) FROM quick, unnest(${domains}::text[]) AS t ("domain")
    ON CONFLICT ("domain", "hour") DO UPDATE SET "probes" = "DomainProbeCount"."probes"
    RETURNING "hour"::text AS "hour"`,
    tx,
  );
  return hour;
}

/** Workspaces that used probes this hour, or were refused some this hour or last hour, by domain. */
async function listUses(domains: readonly string[], hour: string, tx: Tx): Promise<ReadonlyMap<string, DomainUse[]>> {
  const rows = await queryRows(
    z.object({ workspaceId: z.string(), shared: z.int(), reserved: z.int(), isWaiting: z.boolean(), domain: z.string() }),
    Prisma.sql`
    SELECT "domain", "workspaceId", COALESCE(this."shared", 0) AS "shared", COALESCE(this."reserved", 0) AS "reserved",
      COALESCE(this."refused", 0) > 0
        OR COALESCE(last."refused", 0) > COALESCE(this."shared", 0) + COALESCE(this."reserved", 0) AS "isWaiting"
    FROM (SELECT * FROM "DomainUse" WHERE "domain" = ANY(${domains}::text[]) AND "hour" = ${hour}::timestamp) this
    FULL JOIN (
      SELECT * FROM "DomainUse" WHERE "domain" = ANY(${domains}::text[]) AND "hour" = ${hour}::timestamp - interval '1 hour'
        AND "refused" > 0
    ) last USING ("domain", "workspaceId")`,
    tx,
  );
  const uses = new Map<string, DomainUse[]>();
  for (const { domain, ...use } of rows) uses.set(domain, [...(uses.get(domain) ?? []), use]);
  return uses;
}

async function addUses(
  workspaceId: string,
  { hour, grants }: { hour: string; grants: ReadonlyMap<string, Grant> },
  tx: Tx,
): Promise<void> {
  const column = (of: (grant: Grant) => number): number[] => [...grants.values()].map(of);
  await tx.$executeRaw`
    INSERT INTO "DomainUse" ("domain", "hour", "workspaceId", "shared", "reserved", "refused")
    SELECT t."domain", ${hour}::timestamp, ${workspaceId}, t."shared", t."reserved", t."refused"
    FROM unnest(${[...grants.keys()]}::text[], ${column(({ shared }) => shared)}::int[], ${column(({ reserved }) => reserved)}::int[],
      ${column(({ refused }) => refused)}::int[]) AS t ("domain", "shared", "reserved", "refused")
    ON CONFLICT ("domain", "hour", "workspaceId") DO UPDATE SET "shared" = "DomainUse"."shared" + EXCLUDED."shared",
      "reserved" = "DomainUse"."reserved" + EXCLUDED."reserved",
      "refused" = LEAST("DomainUse"."refused"::bigint + EXCLUDED."refused", 2000000000)`;
}

// How many of a target domain's hourly probes one workspace may use, given what all have used and which ones wait for more. Max-min fair:
// workspaces that want little get it, the rest is divided equally among those that want more, and none gets more than half, since others
// may come. Single checks have an additional reserve, of which each workspace may use half of what the others have left. Pure.

export interface DomainUse {
  workspaceId: string;
  /** Probes used this hour, from the shared pool and from the reserve. */
  shared: number;
  reserved: number;
  /** The workspace asked for more than it got this hour, or did so last hour and has not asked for it again yet. */
  isWaiting: boolean;
}

/** How much of the shared pool `workspaceId` may use this hour in total. */
export function fairShare(uses: readonly DomainUse[], workspaceId: string): number {
  const others = uses.filter((use) => use.workspaceId !== workspaceId);
  const content = others.filter(({ isWaiting }) => !isWaiting);
  const hungry = others.filter(({ isWaiting }) => isWaiting).map(({ shared }) => shared);
  let rest = DOMAIN_PROBES.shared - content.reduce((sum, { shared }) => sum + shared, 0);
  let sharers = hungry.length + 1;
  // Used probes cannot be taken back: workspaces above an equal part keep what they used, and the others divide the rest.
  for (const used of hungry.toSorted((a, b) => b - a)) {
    if (used <= rest / sharers) break;
    rest -= used;
    sharers -= 1;
  }
  return Math.max(0, Math.min(Math.floor(rest / sharers), Math.floor(DOMAIN_PROBES.shared * DOMAIN_SHARE_MOST)));
}

/** How much of the reserve the single checks of `workspaceId` may use this hour in total. */
export function reserveOf(uses: readonly DomainUse[], workspaceId: string): number {
  const byOthers = uses.reduce((sum, use) => sum + (use.workspaceId === workspaceId ? 0 : use.reserved), 0);
  return Math.max(0, Math.floor((DOMAIN_PROBES.reserve - byOthers) * DOMAIN_SHARE_MOST));
}
