// Sets how much of its limits a workspace has used: its free answers, as if given today, and its API calls.
import { db } from '@/lib/platform/db/client';
import { findFreeAnswers } from '@/lib/credits/store/usage';
import type { Scope } from '@/lib/platform/scope';

export async function setFreeAnswers({ workspaceId }: Scope, answers: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "FreeAnswerDay" ("workspaceId", "day", "answers") VALUES (${workspaceId}, timezone('UTC', now())::date, ${answers}::int)
    ON CONFLICT ("workspaceId", "day") DO UPDATE SET "answers" = EXCLUDED."answers"`;
}

export const usedFreeAnswers = async (scope: Scope): Promise<number> => (await findFreeAnswers(scope)).used;

/** Moves today's free answers to yesterday. */
export async function passMidnight({ workspaceId }: Scope): Promise<void> {
  await db().$executeRaw`UPDATE "FreeAnswerDay" SET "day" = "day" - 1 WHERE "workspaceId" = ${workspaceId}`;
}

/** Empties the rate-limit buckets for these calls, for every key of the workspace; nothing refills for an hour. */
export async function useUpCalls({ workspaceId }: Scope, calls: 'verify' | 'read'): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "rate_limit" ("key", "points", "expire")
    SELECT ${`api:${calls}:`} || "id", 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 3600000
    FROM "ApiKey" WHERE "workspaceId" = ${workspaceId}
    ON CONFLICT ("key") DO UPDATE SET "expire" = EXCLUDED."expire"`;
}
