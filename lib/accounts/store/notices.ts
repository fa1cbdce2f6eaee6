// Notices in the database. A notice is written in the transaction of the event and is unique by its cause, so the same event never makes
// two. Each recipient is recorded once the mail is sent: a job that dies between two recipients continues with the next.
import { newId } from '@/lib/platform/ids';
import { db, type Tx } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';

/** `owners` needs a workspace, and `address` an address. The operators are named by the settings. */
export type Audience =
  | { to: 'owners'; scope: Scope }
  | { to: 'operators'; scope: Scope | null }
  | { to: 'address'; address: string };

export interface StoredNotice {
  id: string;
  audience: Audience;
  content: unknown;
  sentTo: string[];
  isSent: boolean;
  createdAt: Date;
}

/** Returns the notice's id, or null if this cause already has a notice. */
export async function insertNotice(
  notice: { cause: string; audience: Audience; content: object },
  tx: Tx,
): Promise<string | null> {
  const { cause, audience, content } = notice;
  const id = newId('notice');
  const { count } = await tx.notice.createMany({
    data: [
      {
        id,
        cause,
        audience: audience.to,
        workspaceId: audience.to === 'address' ? null : (audience.scope?.workspaceId ?? null),
        address: audience.to === 'address' ? audience.address : null,
        content,
      },
    ],
    skipDuplicates: true,
  });
  return count > 0 ? id : null;
}

export async function findNotice(id: string): Promise<StoredNotice | null> {
  const row = await db().notice.findUnique({ where: { id } });
  const audience = row && audienceOf(row);
  return (
    row &&
    audience && { id, audience, content: row.content, sentTo: row.sentTo, isSent: row.sentAt !== null, createdAt: row.createdAt }
  );
}

export async function noteSentTo(id: string, address: string): Promise<void> {
  await db().notice.updateMany({ where: { id }, data: { sentTo: { push: address } } });
}

/** Recipients are not remembered longer than necessary. */
export async function noteSent(id: string): Promise<void> {
  await db().notice.updateMany({ where: { id }, data: { sentAt: new Date(), sentTo: [], address: null } });
}

/** Notices written between the two times and not sent, oldest first. */
export async function listUnsentNotices(between: { from: Date; to: Date }, take: number): Promise<string[]> {
  const rows = await db().notice.findMany({
    where: { sentAt: null, createdAt: { gte: between.from, lt: between.to } },
    orderBy: { createdAt: 'asc' },
    take,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Returns the number of notices deleted. */
export async function deleteNoticesBefore(before: Date): Promise<number> {
  const { count } = await db().notice.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}

function audienceOf(row: { audience: string; workspaceId: string | null; address: string | null }): Audience | null {
  const scope = row.workspaceId === null ? null : { workspaceId: row.workspaceId };
  if (row.audience === 'operators') return { to: 'operators', scope };
  if (row.audience === 'owners') return scope && { to: 'owners', scope };
  return row.address === null ? null : { to: 'address', address: row.address };
}
