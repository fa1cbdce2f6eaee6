// A list's rows will be deleted: when, what stays, and where to take them away or keep them longer.
import type { ListView } from '@/lib/domain/list-view';
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export function listExpiresMail(to: string, list: ListView, expiresAt: string): Mail {
  const day = `${expiresAt.slice(0, 10)} at ${expiresAt.slice(11, 16)} UTC`;
  const rows = (list.quote?.rows ?? 0).toLocaleString('en-US');
  const wasStarted = list.state !== 'ready';
  return composeMail(to, {
    subject: `The rows of “${list.name}” are deleted on ${expiresAt.slice(0, 10)}`,
    paragraphs: [
      `Your list “${list.name}” is kept for ${list.retentionDays} ${list.retentionDays === 1 ? 'day' : 'days'}. Its ${rows} rows are deleted on ${day}.`,
      wasStarted
        ? 'Download the results before, or keep the list longer on its page. The totals stay.'
        : 'It was never started. Start it before, or keep it longer on its page.',
    ],
    button: { label: 'Open the list', url: siteLink(`/lists/${list.id}`) },
  });
}
