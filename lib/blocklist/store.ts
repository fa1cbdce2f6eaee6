// The entries of blocklists. A workspace never has more than its limit, however many are added at once. A look-up is by primary key.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryRows } from '@/lib/platform/db/rows';
import type { Scope } from '@/lib/platform/scope';

export interface EntryRow {
  entry: string;
  createdAt: Date;
}

export interface EntriesPage {
  /** Part of an entry; empty: all. */
  containing: string;
  /** The last row of the page before. */
  after: EntryRow | null;
  take: number;
}

export type Inserted = { added: number } | { added: null; /** How many would fit. */ room: number };

/** Adds all entries that are not there yet, or none if there are too many. */
export async function insertEntries(
  { workspaceId }: Scope,
  { entries, max }: { entries: readonly string[]; max: number },
  tx: Tx,
): Promise<Inserted> {
  // Entries of one workspace are added by one transaction at a time, so the counts hold until it ends.
  await tx.$queryRaw`SELECT "id" FROM "Workspace" WHERE "id" = ${workspaceId} FOR NO KEY UPDATE`;
  const room = max - (await tx.blocklistEntry.count({ where: { workspaceId } }));
  const known = await tx.blocklistEntry.count({ where: { workspaceId, entry: { in: [...entries] } } });
  if (entries.length - known > room) return { added: null, room };
  const added = await tx.$executeRaw`
    INSERT INTO "BlocklistEntry" ("workspaceId", "entry", "createdAt")
    SELECT ${workspaceId}, t, timezone('UTC', now()) FROM unnest(${[...entries]}::text[]) AS t
    ON CONFLICT DO NOTHING`;
  return { added };
}

export async function deleteEntry({ workspaceId }: Scope, entry: string): Promise<void> {
  await db().blocklistEntry.deleteMany({ where: { workspaceId, entry } });
}

export const countEntries = ({ workspaceId }: Scope): Promise<number> => db().blocklistEntry.count({ where: { workspaceId } });

export const hasEntries = async ({ workspaceId }: Scope): Promise<boolean> =>
  (await db().blocklistEntry.findFirst({ where: { workspaceId }, select: { entry: true } })) !== null;

/** The newest first. Those of one paste have the same time and are in alphabetical order. */
export function listEntryRows({ workspaceId }: Scope, { containing, after, take }: EntriesPage): Promise<EntryRow[]> {
  return db().blocklistEntry.findMany({
    where: {
      workspaceId,
      // Prisma leaves the wildcards of LIKE to us.
      ...(containing !== '' && { entry: { contains: containing.replace(/[\\%_]/g, '\\$&') } }),
      ...(after && {
        OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, entry: { gt: after.entry } }],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { entry: 'asc' }],
    take,
    select: { entry: true, createdAt: true },
  });
}

const FoundRow = z.object({ entry: z.string() });

/** Those of the given entries that the workspace has. */
export async function findEntries({ workspaceId }: Scope, among: readonly string[], tx: Tx = db()): Promise<string[]> {
  const found = Prisma.sql`/* kept */
    SELECT "entry" FROM "BlocklistEntry" WHERE "workspaceId" = ${workspaceId} AND "entry" = ANY(${[...among]}::text[])`;
  return (await queryRows(FoundRow, found, tx)).map(({ entry }) => entry);
}

/** True if the workspace has one of these entries. For a statement that does more. */
export const hasEntryColumn = ({ workspaceId }: Scope, among: readonly string[]): Prisma.Sql => Prisma.sql`EXISTS (
      SELECT 1 FROM "BlocklistEntry" WHERE "workspaceId" = ${workspaceId} AND "entry" = ANY(${[...among]}::text[]))`;
