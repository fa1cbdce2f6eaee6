// The ledger's pages, newest first: entries by their ids, holds by theirs, releases by the moment they happened. What caused a line
// is named by its address, list, key or grant as it is today, without which the line stands all the same.
import type { EntryKind } from '@/lib/domain/ledger';
import { db } from './_client';
import { Prisma } from './_prisma/client';
import type { Scope } from './scope';

export interface LedgerRow {
  id: string;
  kind: string;
  amount: number;
  causeType: string;
  causeId: string | null;
  label: string | null;
  grantKind: string | null;
  keyId: string | null;
  keyName: string | null;
  at: Date;
}

export interface LinesQuestion {
  /** Id of the last line of the page before. */
  cursor?: string | undefined;
  take: number;
}

/** Rows `x` with their names. A workspace's lines are caused by what is its own. */
const named = (rows: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT x."id", x."kind", x."amount", x."causeType", x."causeId", COALESCE(v."email", l."name") AS "label", g."kind" AS "grantKind",
    x."apiKeyId" AS "keyId", k."name" AS "keyName", x."at"
  FROM (${rows}) x
  LEFT JOIN "Verification" v ON x."causeType" = 'verification' AND v."id" = x."causeId"
  LEFT JOIN "List" l ON x."causeType" = 'list' AND l."id" = x."causeId"
  LEFT JOIN "CreditGrant" g ON x."kind" IN ('grant', 'expire') AND g."id" = x."causeId"
  LEFT JOIN "ApiKey" k ON k."id" = x."apiKeyId"
  ORDER BY x."at" DESC, x."id" DESC`;

const before = (cursor: string | undefined): Prisma.Sql =>
  cursor === undefined ? Prisma.empty : Prisma.sql`AND "id" < ${cursor}`;

/** Movements of the balance, all or of one kind. */
export function listEntries(
  { workspaceId }: Scope,
  { kind, cursor, take }: LinesQuestion & { kind?: EntryKind | undefined },
): Promise<LedgerRow[]> {
  const ofKind = kind === undefined ? Prisma.empty : Prisma.sql`AND "kind" = ${kind}`;
  return db().$queryRaw<LedgerRow[]>(
    named(Prisma.sql`SELECT "id", "kind", "amount", "causeType", "causeId", "apiKeyId", "createdAt" AS "at" FROM "CreditEntry"
      WHERE "workspaceId" = ${workspaceId} ${ofKind} ${before(cursor)} ORDER BY "id" DESC LIMIT ${take}`),
  );
}

export function listHolds({ workspaceId }: Scope, { cursor, take }: LinesQuestion): Promise<LedgerRow[]> {
  return db().$queryRaw<LedgerRow[]>(
    named(Prisma.sql`SELECT "id", 'hold' AS "kind", "amount", "causeType", "causeId", "apiKeyId", "createdAt" AS "at" FROM "CreditHold"
      WHERE "workspaceId" = ${workspaceId} ${before(cursor)} ORDER BY "id" DESC LIMIT ${take}`),
  );
}

/** What holds gave back; those that were charged whole gave back nothing. */
export function listReleases({ workspaceId }: Scope, { cursor, take }: LinesQuestion): Promise<LedgerRow[]> {
  const earlier =
    cursor === undefined
      ? Prisma.empty
      : Prisma.sql`AND ("closedAt", "id") < (SELECT "closedAt", "id" FROM "CreditHold" WHERE "id" = ${cursor} AND "workspaceId" = ${workspaceId})`;
  return db().$queryRaw<LedgerRow[]>(
    named(Prisma.sql`SELECT "id", 'release' AS "kind", "amount" - "captured" AS "amount", "causeType", "causeId", "apiKeyId",
      "closedAt" AS "at" FROM "CreditHold"
      WHERE "workspaceId" = ${workspaceId} AND "closedAt" IS NOT NULL AND "amount" > "captured" ${earlier}
      ORDER BY "closedAt" DESC, "id" DESC LIMIT ${take}`),
  );
}
