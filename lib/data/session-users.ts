// What one look at a session needs, in one query: the person, their epoch, their terms and their workspace.
import { db } from './_client';

export interface SessionUser {
  userId: string;
  email: string;
  name: string | null;
  emailVerified: boolean;
  hasPassword: boolean;
  sessionEpoch: number;
  hasAcceptedTerms: boolean;
  workspace: { id: string; name: string } | null;
}

export async function findSessionUser(userId: string): Promise<SessionUser | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: {
      email: true,
      name: true,
      emailVerified: true,
      passwordHash: true,
      sessionEpoch: true,
      termsAcceptedAt: true,
      memberships: {
        orderBy: [{ createdAt: 'asc' }, { workspaceId: 'asc' }],
        take: 1,
        select: { workspace: { select: { id: true, name: true } } },
      },
    },
  });
  if (user === null) return null;
  return {
    userId,
    email: user.email,
    name: user.name,
    emailVerified: user.emailVerified !== null,
    hasPassword: user.passwordHash !== null,
    sessionEpoch: user.sessionEpoch,
    hasAcceptedTerms: user.termsAcceptedAt !== null,
    workspace: user.memberships[0]?.workspace ?? null,
  };
}
