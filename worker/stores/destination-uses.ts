// Connections and recipients per hour at each destination (an IP address or its network), counted across all workers. Guarantee: concurrent
// leases never exceed a cap together. Rows are locked in one order, and a cap that is nearly used up is leased in small pieces. Hours are
// by the database's clock.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';

interface Tally {
  connections: number;
  recipients: number;
}

export interface LeaseAsk {
  destination: string;
  wanted: Tally;
  /** The limit for the whole hour at this destination. */
  cap: Tally;
}

export interface Leases {
  /** One per ask, in the same order. */
  granted: Tally[];
  /** Time until the hour ends. */
  leftMs: number;
}

/** The share of the remaining cap that one lease may take, so that several workers use up an hour's cap together. */
const LEASE_SHARE_OF_REST = 1 / 4;

/** Matches the store that the SMTP adapter expects. */
export function createDestinationStore(): { lease(asks: readonly LeaseAsk[]): Promise<Leases> } {
  return { lease };
}

async function lease(asks: readonly LeaseAsk[]): Promise<Leases> {
  const leases: Leases = { granted: asks.map(() => ({ connections: 0, recipients: 0 })), leftMs: 1 };
  // A destination that is asked about twice, or that another worker adds at the same moment, gets its turn in the next statement.
  for (const open = new Map(asks.entries()); open.size > 0;) {
    const now = new Map([...open].toReversed().map(([at, ask]) => [ask.destination, { at, ask }]));
    for (const { destination, leftMs, ...tally } of await grant([...now.values()].map(({ ask }) => ask))) {
      const asked = now.get(destination);
      if (asked === undefined) continue;
      leases.granted[asked.at] = tally;
      leases.leftMs = Math.max(1, leftMs);
      open.delete(asked.at);
    }
  }
  return leases;
}

const GrantedRow = z.object({ destination: z.string(), connections: z.int(), recipients: z.int(), leftMs: z.int() });

/** One ask per destination. A database crash may lose the count of a few connections, so the statement does not wait for the disk. */
function grant(asks: readonly LeaseAsk[]): Promise<z.infer<typeof GrantedRow>[]> {
  const destinations = asks.map(({ destination }) => destination);
  return queryRows(
    GrantedRow,
    Prisma.sql`/* kept */
    WITH quick AS (SELECT set_config('synchronous_commit', 'off', true)), this AS (
      SELECT date_trunc('hour', timezone('UTC', now())) AS "hour"
    ), asked AS (
      SELECT t.* FROM quick, unnest(${destinations}::text[],
        ${asks.map(({ wanted }) => wanted.connections)}::int[], ${asks.map(({ cap }) => cap.connections)}::int[],
        ${asks.map(({ wanted }) => wanted.recipients)}::int[], ${asks.map(({ cap }) => cap.recipients)}::int[])
        AS t ("destination", "connections", "connectionsCap", "recipients", "recipientsCap")
    ), used AS (
      SELECT u."destination", u."connections", u."recipients" FROM "DestinationUse" u, this
      WHERE u."hour" = this."hour" AND u."destination" = ANY(${destinations}::text[])
      ORDER BY u."destination" COLLATE "C" FOR UPDATE OF u
    ), granted AS (
      SELECT a."destination", used."destination" IS NULL AS "isNew",
        GREATEST(0, LEAST(a."connections", ceil((a."connectionsCap" - COALESCE(used."connections", 0)) * ${LEASE_SHARE_OF_REST}::float)))::int
          AS "connections",
        GREATEST(0, LEAST(a."recipients", ceil((a."recipientsCap" - COALESCE(used."recipients", 0)) * ${LEASE_SHARE_OF_REST}::float)))::int
          AS "recipients"
      FROM asked a LEFT JOIN used USING ("destination")
    ), added AS (
      INSERT INTO "DestinationUse" ("destination", "hour", "connections", "recipients")
      SELECT g."destination", this."hour", g."connections", g."recipients" FROM granted g, this WHERE g."isNew"
      ORDER BY g."destination" COLLATE "C" ON CONFLICT DO NOTHING RETURNING "destination"
    ), changed AS (
      UPDATE "DestinationUse" u SET "connections" = u."connections" + g."connections", "recipients" = u."recipients" + g."recipients"
      FROM granted g, this WHERE u."hour" = this."hour" AND u."destination" = g."destination" RETURNING u."destination"
    )
    SELECT g."destination", g."connections", g."recipients",
      ceil(extract(epoch FROM this."hour" + interval '1 hour' - timezone('UTC', clock_timestamp())) * 1000)::int AS "leftMs"
    FROM granted g, this WHERE g."destination" IN (SELECT "destination" FROM added UNION ALL SELECT "destination" FROM changed)`,
  );
}
