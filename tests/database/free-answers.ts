// Sets what a workspace has used of what is limited: its free answers, as if they had been given today, and its calls of the API.
import { db } from '@/lib/platform/db/client';
import { findFreeAnswers } from '@/lib/credits/store/usage';
import type { Scope } from '@/lib/platform/scope';

export async function setFreeAnswers({ workspaceId }: Scope, answers: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "FreeAnswerDay" ("workspaceId", "day", "answers") VALUES (${workspaceId}, timezone('UTC', now())::date, ${answers}::int)
    ON CONFLICT ("workspaceId", "day") DO UPDATE SET "answers" = EXCLUDED."answers"`;
}

export const usedFreeAnswers = async (scope: Scope): Promise<number> => (await findFreeAnswers(scope)).used;

/** What was given today was given yesterday. */
export async function passMidnight({ workspaceId }: Scope): Promise<void> {
  await db().$executeRaw`UPDATE "FreeAnswerDay" SET "day" = "day" - 1 WHERE "workspaceId" = ${workspaceId}`;
}

/** The buckets of these calls are empty, those of every key of the workspace, and for an hour nothing comes back. */
export async function useUpCalls({ workspaceId }: Scope, calls: 'verify' | 'read'): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "rate_limit" ("key", "points", "expire")
    SELECT ${`api:${calls}:`} || "id", 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 3600000
    FROM "ApiKey" WHERE "workspaceId" = ${workspaceId}
    ON CONFLICT ("key") DO UPDATE SET "expire" = EXCLUDED."expire"`;
}
