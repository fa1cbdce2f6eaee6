// Sessions in the database, one row each. An ended session never works again, a person has no more live sessions than the limit, and open
// pages are notified of every end (by user).
import { z } from 'zod';
import { queryRow } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';

export const SESSION_CHANNEL = 'session';

export interface SessionClaims {
  sessionId: string;
  userId: string;
  epoch: number;
}

export interface SessionUser extends SessionClaims {
  email: string;
  name: string | null;
  hasPassword: boolean;
  hasAcceptedTerms: boolean;
  lastSeenAt: Date;
  workspace: { id: string; name: string } | null;
}

export interface SessionRow {
  id: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

const FoundSession = z.object({
  email: z.string(),
  name: z.string().nullable(),
  hasPassword: z.boolean(),
  hasAcceptedTerms: z.boolean(),
  lastSeenAt: z.date(),
  workspaceId: z.string().nullable(),
  workspaceName: z.string().nullable(),
});

const FIELDS = { id: true, device: true, createdAt: true, lastSeenAt: true } as const;

export interface NewSession {
  userId: string;
  device: string;
  expiresAt: Date;
  /** The maximum number of live sessions of this person. The oldest beyond that end. */
  max: number;
}

export async function insertSession({ userId, device, expiresAt, max }: NewSession): Promise<{ id: string }> {
  const id = newId('session');
  const now = new Date();
  await db().userSession.create({
    data: { id, userId, device, createdAt: now, lastSeenAt: now, expiresAt },
    select: { id: true },
  });
  const beyond = await db().userSession.findMany({
    where: liveOf(userId),
    orderBy: { id: 'desc' },
    skip: max,
    take: max,
    select: { id: true },
  });
  if (beyond.length > 0) await endSessions({ userId, ids: beyond.map((row) => row.id) }, now, db());
  return { id };
}

/** Live sessions, most recently used first. */
export function listSessionRows(userId: string, take: number): Promise<SessionRow[]> {
  return db().userSession.findMany({
    where: liveOf(userId),
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take,
    select: FIELDS,
  });
}

/** Sessions that ended at exactly this time, most recently used first. */
export function listSessionsEndedAt(userId: string, endedAt: Date, take: number): Promise<SessionRow[]> {
  return db().userSession.findMany({
    where: { userId, endedAt, expiresAt: { gt: endedAt } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take,
    select: FIELDS,
  });
}

export interface SessionsToEnd {
  userId: string;
  /** Left out means all sessions. */
  ids?: readonly string[];
  except?: string | undefined;
}

/** Returns how many sessions this call ended. */
export async function endSessions({ userId, ids, except }: SessionsToEnd, at: Date, tx: Tx): Promise<number> {
  const { count } = await tx.userSession.updateMany({
    where: { userId, endedAt: null, id: { ...(ids && { in: [...ids] }), ...(except !== undefined && { not: except }) } },
    data: { endedAt: at },
  });
  await tx.$queryRaw`SELECT pg_notify(${SESSION_CHANNEL}, json_build_object('id', ${userId}::text)::text)::text AS "sent"`;
  return count;
}

/** If several requests come at once, only one of them writes. */
export async function touchSession(id: string, everyMs: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "UserSession" SET "lastSeenAt" = timezone('UTC', now()) WHERE "id" = ${id} AND "endedAt" IS NULL
      AND "lastSeenAt" <= timezone('UTC', now()) - make_interval(secs => ${everyMs / 1_000})`;
}

/**
 * Everything that one look at a session needs, in one query: that it still works, the person, their terms and their workspace. Null if the
 * session has ended or expired, if its epoch is outdated, or if the person is gone.
 */
export async function findSessionUser(claims: SessionClaims): Promise<SessionUser | null> {
  const { sessionId, userId, epoch } = claims;
  const row = await queryRow(
    FoundSession,
    Prisma.sql`
    SELECT u."email", u."name", u."passwordHash" IS NOT NULL AS "hasPassword",
      u."termsAcceptedAt" IS NOT NULL AS "hasAcceptedTerms", s."lastSeenAt",
      first."id" AS "workspaceId", first."name" AS "workspaceName"
    FROM "UserSession" s
    JOIN "User" u ON u."id" = s."userId"
    LEFT JOIN LATERAL (
      SELECT w."id", w."name" FROM "Membership" m JOIN "Workspace" w ON w."id" = m."workspaceId"
      WHERE m."userId" = u."id" ORDER BY m."createdAt", m."workspaceId" LIMIT 1) first ON true
    WHERE s."id" = ${sessionId} AND s."userId" = ${userId} AND u."sessionEpoch" = ${epoch}
      AND s."endedAt" IS NULL AND s."expiresAt" > timezone('UTC', now())`,
  );
  if (row === null) return null;
  const { workspaceId, workspaceName, ...user } = row;
  return {
    ...claims,
    ...user,
    workspace: workspaceId === null || workspaceName === null ? null : { id: workspaceId, name: workspaceName },
  };
}

const liveOf = (userId: string) => ({ userId, endedAt: null, expiresAt: { gt: new Date() } });
