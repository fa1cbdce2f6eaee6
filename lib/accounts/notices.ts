// Notices: mails that are owed because something happened. A notice is written in the caller's transaction, so it is sent exactly when
// that commits, and once per cause, however often the caller runs. Its kind and facts are stored, and the mail is composed when it is
// sent. Each noun has the schema for its own kinds and their mails. A second run of the job sends nothing. If the job is killed between
// sending a mail and recording it, one person may get it twice.
import { z } from 'zod';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import type { Mail } from '@/lib/platform/mail/compose';
import { sendMail } from '@/lib/platform/mail/send';
import { enqueue } from '@/lib/platform/queue/enqueue';
import {
  type Audience,
  deleteNoticesBefore,
  findNotice,
  insertNotice,
  listUnsentNotices,
  noteSent,
  noteSentTo,
} from './store/notices';
import { listOwnerEmails } from './store/workspaces';

export interface NewNotice<Content extends { kind: string } = { kind: string }> {
  /** Identifies what happened; unique. */
  cause: string;
  content: Content;
}

/** Dates are ISO strings. */
export const accountNoticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deletion_scheduled'), at: z.string() }),
  z.object({ kind: z.literal('deletion_tomorrow'), at: z.string() }),
  z.object({ kind: z.literal('deletion_undone') }),
  z.object({ kind: z.literal('deletion_stopped') }),
  z.object({ kind: z.literal('account_deleted') }),
]);
export type AccountNotice = z.infer<typeof accountNoticeSchema>;

/** Notifies the owners of a workspace, the addresses in OPERATOR_EMAILS, or one address. False if this cause already has a notice. */
export async function notify(audience: Audience, notice: NewNotice, tx: Tx): Promise<boolean> {
  const id = await insertNotice({ ...notice, audience }, tx);
  if (id !== null) await enqueueNotice(id, tx);
  return id !== null;
}

/** For somebody whose account may be gone by the time the mail is sent. */
export const notifyAddress = (address: string, notice: NewNotice<AccountNotice>, tx: Tx): Promise<boolean> =>
  notify({ to: 'address', address }, notice, tx);

/** Reads, once, whatever a notice needs besides its stored facts, and composes the mail for each recipient. */
export type NoticeTemplate = (content: unknown, audience: Audience) => Promise<(to: string) => Mail>;

/** The job: sends the mail to all recipients who have not had it yet. */
export async function sendNotice(noticeId: string, template: NoticeTemplate): Promise<void> {
  const notice = await findNotice(noticeId);
  if (notice === null || notice.isSent) return;
  const mailTo = await template(notice.content, notice.audience);
  for (const to of await recipientsOf(notice.audience)) {
    if (notice.sentTo.includes(to)) continue;
    await sendMail(mailTo(to));
    await noteSentTo(noticeId, to);
  }
  await noteSent(noticeId);
}

/** Part of the regular upkeep: unsent notices from that time get a new job, and old notices are deleted. Returns the number of new jobs. */
export async function tendNotices(times: { from: Date; to: Date; deleteBefore: Date }, take: number): Promise<number> {
  const unsent = await listUnsentNotices(times, take);
  await inTransaction(async (tx) => {
    for (const id of unsent) await enqueueNotice(id, tx);
  });
  await deleteNoticesBefore(times.deleteBefore);
  return unsent.length;
}

const enqueueNotice = (noticeId: string, tx: Tx): Promise<void> =>
  enqueue('mail-notice', { noticeId }, { jobKey: `notice:${noticeId}`, priority: 'retry' }, tx);

function recipientsOf(audience: Audience): Promise<string[]> | string[] {
  if (audience.to === 'owners') return listOwnerEmails(audience.scope);
  return audience.to === 'operators' ? [...new Set(env().OPERATOR_EMAILS)] : [audience.address];
}
