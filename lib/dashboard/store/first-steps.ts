// What a workspace has done so far, as its dashboard asks: three index lookups, however much there is.
import { db } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';

export interface StepsTaken {
  createdAt: Date;
  /** Anything was verified, by a single check or a list that was started. */
  hasVerified: boolean;
  hasList: boolean;
  hasKey: boolean;
}

/** Null if there is no such workspace. Usage counts, too: it outlives deleted lists. */
export async function findStepsTaken({ workspaceId }: Scope): Promise<StepsTaken | null> {
  const rows = await db().$queryRaw<StepsTaken[]>`
    SELECT w."createdAt",
      EXISTS (SELECT 1 FROM "Verification" WHERE "workspaceId" = w."id" AND "visitorKey" IS NULL)
        OR EXISTS (SELECT 1 FROM "UsageDay" WHERE "workspaceId" = w."id")
        OR EXISTS (SELECT 1 FROM "List" WHERE "workspaceId" = w."id" AND "startedAt" IS NOT NULL) AS "hasVerified",
      EXISTS (SELECT 1 FROM "List" WHERE "workspaceId" = w."id") AS "hasList",
      EXISTS (SELECT 1 FROM "ApiKey" WHERE "workspaceId" = w."id") AS "hasKey"
    FROM "Workspace" w WHERE w."id" = ${workspaceId}`;
  return rows[0] ?? null;
}
