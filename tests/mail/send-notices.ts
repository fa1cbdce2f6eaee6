// Sends the mails that are due, as the worker would, and runs nothing else.
import { db } from '@/lib/platform/db/client';
import { sendNotice } from '@/lib/accounts/notices';
import { noticeTemplate } from '@/lib/billing/mails/notice-mail';

export async function sendNotices(): Promise<void> {
  const waiting = await db().notice.findMany({ where: { sentAt: null }, orderBy: { createdAt: 'asc' }, select: { id: true } });
  for (const { id } of waiting) await sendNotice(id, noticeTemplate);
}
