// What a workspace has and has done so far: a few index lookups, however much data there is.
import { z } from 'zod';
import { queryRow } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';

const StepsTaken = z.object({
  createdAt: z.date(),
  /** Whether anything was verified, by a single check or a list that was started. */
  hasVerified: z.boolean(),
  hasList: z.boolean(),
  hasKey: z.boolean(),
});
export type StepsTaken = z.infer<typeof StepsTaken>;

/** Null if there is no such workspace. Usage counts too, because it outlives deleted lists. */
export async function findStepsTaken({ workspaceId }: Scope): Promise<StepsTaken | null> {
  return queryRow(
    StepsTaken,
    Prisma.sql`
    SELECT w."createdAt",
      EXISTS (SELECT 1 FROM "Verification" WHERE "workspaceId" = w."id" AND "visitorKey" IS NULL)
        OR EXISTS (SELECT 1 FROM "UsageDay" WHERE "workspaceId" = w."id")
        OR EXISTS (SELECT 1 FROM "List" WHERE "workspaceId" = w."id" AND "startedAt" IS NOT NULL) AS "hasVerified",
      EXISTS (SELECT 1 FROM "List" WHERE "workspaceId" = w."id") AS "hasList",
      EXISTS (SELECT 1 FROM "ApiKey" WHERE "workspaceId" = w."id") AS "hasKey"
    FROM "Workspace" w WHERE w."id" = ${workspaceId}`,
  );
}

/** How many lists, and how many keys that are not revoked, a workspace has. */
export async function countBelongings({ workspaceId }: Scope): Promise<{ lists: number; keys: number }> {
  const [lists, keys] = await Promise.all([
    db().list.count({ where: { workspaceId } }),
    db().apiKey.count({ where: { workspaceId, revokedAt: null } }),
  ]);
  return { lists, keys };
}
