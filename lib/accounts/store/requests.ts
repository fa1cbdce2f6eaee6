// The last requests of API keys in the database.
import { z } from 'zod';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryRows } from '@/lib/platform/db/rows';
import type { Scope } from '@/lib/platform/scope';

export interface NewApiRequest {
  id: string;
  workspaceId: string;
  apiKeyId: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  at: Date;
}

/** Adds them, and drops what is older than the newest `keep` of the same keys. Keys that are gone by now are left out. */
export async function addApiRequests(requests: readonly NewApiRequest[], keep: number): Promise<void> {
  const columns = [
    requests.map(({ id }) => id),
    requests.map(({ workspaceId }) => workspaceId),
    requests.map(({ apiKeyId }) => apiKeyId),
    requests.map(({ method }) => method),
    requests.map(({ path }) => path),
  ] as const;
  const [ids, workspaces, keys, methods, paths] = columns;
  await db().$executeRaw`
    INSERT INTO "ApiRequest" ("id", "workspaceId", "apiKeyId", "method", "path", "status", "durationMs", "at")
    SELECT t.* FROM unnest(${ids}::text[], ${workspaces}::text[], ${keys}::text[], ${methods}::text[], ${paths}::text[],
      ${requests.map(({ status }) => status)}::int[], ${requests.map(({ durationMs }) => durationMs)}::int[],
      ${requests.map(({ at }) => at.toISOString())}::timestamp[])
      AS t ("id", "workspaceId", "apiKeyId", "method", "path", "status", "durationMs", "at")
    JOIN "ApiKey" k ON k."id" = t."apiKeyId"
    ON CONFLICT DO NOTHING`;
  await db().$executeRaw`
    DELETE FROM "ApiRequest" r USING unnest(${[...new Set(keys)]}::text[]) AS k ("id")
    WHERE r."apiKeyId" = k."id" AND r."id" < (
      SELECT kept."id" FROM "ApiRequest" kept WHERE kept."apiKeyId" = k."id" ORDER BY kept."id" DESC OFFSET ${keep - 1} LIMIT 1)`;
}

const ApiRequestRow = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  durationMs: z.int(),
  at: z.date(),
});

/** Newest first. */
export const listApiRequestRows = ({ workspaceId }: Scope, apiKeyId: string, take: number) =>
  queryRows(
    ApiRequestRow,
    Prisma.sql`
    SELECT "id", "method", "path", "status", "durationMs", "at" FROM "ApiRequest"
    WHERE "apiKeyId" = ${apiKeyId} AND "workspaceId" = ${workspaceId} ORDER BY "id" DESC LIMIT ${take}`,
  );
