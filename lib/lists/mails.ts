// The mails about a list: it ended, its rows will be deleted, or it paused for credits. They go to the list's creator. If the
// list came through the API, a pause is mailed to the workspace's owners, and the other mails are not sent. No mail is stale:
// each is sent only if its news still holds when its job runs.
import { mailOwners } from '@/lib/accounts/workspaces';
import { isBuyingPack } from '@/lib/billing/top-ups';
import { getBalance } from '@/lib/credits/balance';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { LIST_PAUSE_MAIL_AFTER_MS, LIST_PAUSE_MAIL_WAITS_MAX_MS } from '@/lib/platform/limits';
import { composeMail, type Mail, mailCredits, mailDay, type MailContent, siteLink } from '@/lib/platform/mail/compose';
import { sendMail } from '@/lib/platform/mail/send';
import { formatCount, plural } from '@/lib/platform/numbers';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { pauseMailJobKey } from './jobs';
import { getList } from './read';
import type { PauseReason } from './rules/list';
import { daysKept } from './rules/storage';
import type { ListView } from './rules/view';
import { sumCharged, findListMaker, findListRun } from './store/run';

/**
 * Tells that the list is completed or failed, with its counts. Sends nothing if the creator wants no mail, or if the list was
 * started again in the meantime: the next end has its own mail. True if a mail was sent.
 */
export async function mailList(listId: string, run: number): Promise<boolean> {
  const list = await findListRun(listId);
  if (list?.run !== run || (list.status !== 'completed' && list.status !== 'failed')) return false;
  const scope = { workspaceId: list.workspaceId };
  const [to, view] = await Promise.all([findListMaker(scope, listId), getList(scope, listId)]);
  if (to === null || !view.ok || view.value.mailOnEnd !== true) return false;
  await sendMail(listEndedMail(to, view.value));
  return true;
}

/**
 * Tells when the list's rows will be deleted. Sends nothing if the list was deleted or is at work again. True if a mail was sent.
 */
export async function mailListExpiry(listId: string): Promise<boolean> {
  const list = await findListRun(listId);
  if (list === null) return false;
  const scope = { workspaceId: list.workspaceId };
  const [to, view] = await Promise.all([findListMaker(scope, listId), getList(scope, listId)]);
  if (to === null || !view.ok || view.value.status === 'expired' || view.value.expiresAt === null) return false;
  await sendMail(listExpiresMail(to, view.value, view.value.expiresAt));
  return true;
}

export interface Pause {
  listId: string;
  pausedAt: Date;
}

/**
 * Call it in the transaction that pauses the list. Queues one mail per pause, to be sent some seconds later if the pause lasts.
 */
export async function enqueuePauseMail({ listId, pausedAt }: Pause, tx: Tx): Promise<void> {
  const runAt = new Date(Date.now() + LIST_PAUSE_MAIL_AFTER_MS);
  const job = { jobKey: pauseMailJobKey(listId, pausedAt), priority: 'retry', runAt } as const;
  await enqueue('mail-list-paused', { listId, pausedAt: pausedAt.toISOString() }, job, tx);
}

/**
 * If credits are on their way (an automatic purchase, or credits that came in but have not resumed the list yet), it looks again
 * later. A pause that the customer requested is not reported. True if a mail was sent.
 */
export async function mailListPaused(pause: Pause, now = new Date()): Promise<boolean> {
  const list = await findListRun(pause.listId);
  if (list?.status !== 'paused' || list.pausedAt?.getTime() !== pause.pausedAt.getTime()) return false;
  const { pauseReason } = list;
  if (pauseReason !== 'out_of_credits' && pauseReason !== 'cap_reached') return false;
  const scope = { workspaceId: list.workspaceId };
  const { available } = await getBalance(scope);
  const isYoung = now.getTime() - pause.pausedAt.getTime() < LIST_PAUSE_MAIL_WAITS_MAX_MS;
  if (pauseReason === 'out_of_credits' && isYoung && (available > 0 || (await isBuyingPack(scope)))) {
    await inTransaction((tx) => enqueuePauseMail(pause, tx));
    return false;
  }
  const facts = { ...list, captured: await sumCharged(list.id), pauseReason, available };
  const mailTo = (to: string): Mail => listPausedMail(to, facts);
  const maker = await findListMaker(scope, list.id);
  if (maker === null) await mailOwners(scope, mailTo);
  else await sendMail(mailTo(maker));
  return true;
}

export interface PausedListFacts {
  id: string;
  name: string;
  pauseReason: Extract<PauseReason, 'out_of_credits' | 'cap_reached'>;
  unique: number;
  processed: number;
  captured: number;
  /** Credits that can be spent now. */
  available: number;
}

const inDays = (list: ListView): string => plural(daysKept(list), 'day');

export function listEndedMail(to: string, list: ListView): Mail {
  const { counts, processed, credits } = list.progress;
  const button = { label: 'See the results', url: siteLink(`/lists/${list.id}`) };
  if (list.status === 'failed') {
    return composeMail(to, {
      subject: `“${list.name}” could not be finished`,
      paragraphs: [
        `We could not finish your list “${list.name}” because of an error on our side. ${plural(processed, 'address', 'addresses')} had been answered by then; those answers are kept.`,
        `It cost ${mailCredits(credits.captured)} so far. The credits held for the rest were released.`,
      ],
      button: { ...button, label: 'See the results so far' },
    });
  }
  return composeMail(to, {
    subject: `“${list.name}” is ready`,
    paragraphs: [
      `Your list “${list.name}” is done: ${plural(processed, 'address', 'addresses')} checked.`,
      `Deliverable: ${formatCount(counts.deliverable)}. Undeliverable: ${formatCount(counts.undeliverable)}. Risky: ${formatCount(counts.risky)}. We could not tell: ${formatCount(counts.unknown)}.`,
      `It cost ${mailCredits(credits.captured)}. Unknown answers are free.`,
    ],
    button,
    after: list.expiresAt === null ? [] : [`Its rows are deleted on ${mailDay(list.expiresAt)} (UTC); the totals are kept.`],
  });
}

export function listExpiresMail(to: string, list: ListView, expiresAt: string): Mail {
  const day = `${mailDay(expiresAt)}, at ${expiresAt.slice(11, 16)} UTC`;
  const rows = formatCount(list.quote?.rows ?? 0);
  const wasStarted = list.status !== 'ready';
  return composeMail(to, {
    subject: `The rows of “${list.name}” are deleted on ${mailDay(expiresAt)}`,
    paragraphs: [
      wasStarted
        ? `Your list “${list.name}” is kept for ${inDays(list)}. Its ${rows} rows will be deleted on ${day}.`
        : `Your list “${list.name}” was never started, so it is kept for ${inDays(list)}. Its ${rows} rows will be deleted on ${day}.`,
      wasStarted
        ? 'Download the results before then, or keep the list longer on its page. The totals are kept.'
        : 'Start it before then to keep it, or upload the file again later. Nothing was charged.',
    ],
    button: { label: 'Open the list', url: siteLink(`/lists/${list.id}`) },
  });
}

export function listPausedMail(to: string, list: PausedListFacts): Mail {
  return composeMail(to, list.pauseReason === 'cap_reached' ? capReached(list) : outOfCredits(list));
}

const soFar = ({ processed, unique, captured }: PausedListFacts): string =>
  `${formatCount(processed)} of ${formatCount(unique)} addresses have been checked, for ${mailCredits(captured)}.`;

const STOP_HERE =
  'Or stop here: cancel the list on its page. The results so far stay yours, and addresses that were not checked cost nothing.';

function outOfCredits(list: PausedListFacts): MailContent {
  const missing = Math.max(1, list.unique - list.processed - list.available);
  return {
    subject: `“${list.name}” is paused: out of credits`,
    paragraphs: [
      `Your list “${list.name}” is paused because your credits ran out. ${soFar(list)}`,
      `To finish it, buy credits: up to ${formatCount(missing)} more are needed. The list resumes as soon as they are added.`,
      STOP_HERE,
    ],
    button: { label: 'Buy credits', url: `${siteLink('/billing', { list: list.id })}#packs` },
    after: [`The list and its results so far: ${siteLink(`/lists/${list.id}`)}`],
  };
}

function capReached(list: PausedListFacts): MailContent {
  return {
    subject: `“${list.name}” is paused: credit cap reached`,
    paragraphs: [
      `Your list “${list.name}” is paused because it has reached its credit cap. ${soFar(list)}`,
      'To finish it, raise the cap on its page.',
      STOP_HERE,
    ],
    button: { label: 'Open the list', url: siteLink(`/lists/${list.id}`) },
  };
}
