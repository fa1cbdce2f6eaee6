// Mails whoever made a list that it is ready, or that it failed, with its counts. Sends nothing where the list came through the API
// or its maker wants no mail, and nothing when the list was started again meanwhile: the next end has its own mail.
import { findListMaker } from '@/lib/data/list-retries';
import { findListRun } from '@/lib/data/list-run';
import { sendMail } from '@/lib/mail/send-mail';
import { listEndedMail } from '@/lib/mail/templates/list-ended';
import { getList } from './get-list';

/** True when a mail went out. */
export async function mailList(listId: string, run: number): Promise<boolean> {
  const list = await findListRun(listId);
  if (list?.run !== run || (list.state !== 'completed' && list.state !== 'failed')) return false;
  const scope = { workspaceId: list.workspaceId };
  const [to, view] = await Promise.all([findListMaker(scope, listId), getList(scope, listId)]);
  if (to === null || !view.ok || view.value.mailOnEnd !== true) return false;
  await sendMail(listEndedMail(to, view.value));
  return true;
}
