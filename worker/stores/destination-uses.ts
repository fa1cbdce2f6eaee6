// Connections and recipients per hour at each destination (an IP address or its network), counted across all workers. Guarantee: concurrent
// leases never exceed a cap together. Rows are locked in one order, and a cap that is nearly used up is leased in small pieces. Hours are
// by the database's clock.
import { z } from 'zod';
import { queryOne, queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';

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

function lease(asks: readonly LeaseAsk[]): Promise<Leases> {
  return db().$transaction(async (tx) => {
    // A database crash may lose the count of a few connections.
    await tx.$executeRaw`SET LOCAL synchronous_commit TO OFF`;
    const destinations = [...new Set(asks.map(({ destination }) => destination))].sort();
    const { hour, leftMs } = await addMissing(destinations, tx);
    const used = await lock(destinations, hour, tx);
    const granted = asks.map(({ destination, wanted, cap }) => {
      const before = used.get(destination) ?? { connections: 0, recipients: 0 };
      const grant = {
        connections: grantOf(wanted.connections, cap.connections - before.connections),
        recipients: grantOf(wanted.recipients, cap.recipients - before.recipients),
      };
      used.set(destination, {
        connections: before.connections + grant.connections,
        recipients: before.recipients + grant.recipients,
      });
      return grant;
    });
    await write(used, hour, tx);
    return { granted, leftMs };
  });
}

const grantOf = (wanted: number, room: number): number => Math.max(0, Math.min(wanted, Math.ceil(room * LEASE_SHARE_OF_REST)));

async function addMissing(destinations: readonly string[], tx: Tx): Promise<{ hour: string; leftMs: number }> {
  const now = await queryOne(
    z.object({ hour: z.string(), leftMs: z.int() }),
    Prisma.sql`
    WITH this AS (SELECT date_trunc('hour', timezone('UTC', now())) AS "hour"), added AS (
      INSERT INTO "DestinationUse" ("destination", "hour")
      SELECT t."destination", this."hour" FROM this, unnest(${destinations}::text[]) AS t ("destination")
      ON CONFLICT DO NOTHING
    )
    SELECT "hour"::text AS "hour",
      ceil(extract(epoch FROM "hour" + interval '1 hour' - timezone('UTC', clock_timestamp())) * 1000)::int AS "leftMs" FROM this`,
    tx,
  );
  return { hour: now.hour, leftMs: Math.max(1, now.leftMs) };
}

async function lock(destinations: readonly string[], hour: string, tx: Tx): Promise<Map<string, Tally>> {
  const rows = await queryRows(
    z.object({ destination: z.string(), connections: z.int(), recipients: z.int() }),
    Prisma.sql`
    SELECT "destination", "connections", "recipients" FROM "DestinationUse"
    WHERE "hour" = ${hour}::timestamp AND "destination" = ANY(${destinations}::text[])
    ORDER BY "destination" COLLATE "C" FOR UPDATE`,
    tx,
  );
  return new Map(rows.map(({ destination, connections, recipients }) => [destination, { connections, recipients }]));
}

async function write(used: ReadonlyMap<string, Tally>, hour: string, tx: Tx): Promise<void> {
  const tallies = [...used.values()];
  await tx.$executeRaw`
    UPDATE "DestinationUse" u SET "connections" = t."connections", "recipients" = t."recipients"
    FROM unnest(${[...used.keys()]}::text[], ${tallies.map(({ connections }) => connections)}::int[],
      ${tallies.map(({ recipients }) => recipients)}::int[]) AS t ("destination", "connections", "recipients")
    WHERE u."hour" = ${hour}::timestamp AND u."destination" = t."destination"`;
}
