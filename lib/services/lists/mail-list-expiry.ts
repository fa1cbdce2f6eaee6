// Mails whoever made a list that its rows will be deleted, and when. Sends nothing where the list was deleted, or is at work again,
// meanwhile.
import { findListMaker } from '@/lib/data/list-retries';
import { findListRun } from '@/lib/data/list-run';
import { sendMail } from '@/lib/mail/send-mail';
import { listExpiresMail } from '@/lib/mail/templates/list-expires';
import { getList } from './get-list';

/** True when a mail went out. */
export async function mailListExpiry(listId: string): Promise<boolean> {
  const list = await findListRun(listId);
  if (list === null) return false;
  const scope = { workspaceId: list.workspaceId };
  const [to, view] = await Promise.all([findListMaker(scope, listId), getList(scope, listId)]);
  if (to === null || !view.ok || view.value.state === 'expired' || view.value.expiresAt === null) return false;
  await sendMail(listExpiresMail(to, view.value, view.value.expiresAt));
  return true;
}
