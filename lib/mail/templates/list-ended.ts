// A list came to its end: what it found, and where to see it.
import type { ListView } from '@/lib/domain/list-view';
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

const number = (count: number): string => count.toLocaleString('en-US');

export function listEndedMail(to: string, list: ListView): Mail {
  const { counts, processed, credits } = list.progress;
  const button = { label: 'See the results', url: siteLink(`/lists/${list.id}`) };
  if (list.state === 'failed') {
    return composeMail(to, {
      subject: `“${list.name}” could not be finished`,
      paragraphs: [
        `We could not finish your list “${list.name}” because of an error on our side. ${number(processed)} addresses were answered before; they are kept.`,
        `It cost ${number(credits.captured)} credits so far. What was held for the rest is yours again.`,
      ],
      button: { ...button, label: 'See what there is' },
    });
  }
  return composeMail(to, {
    subject: `“${list.name}” is ready`,
    paragraphs: [
      `Your list “${list.name}” is done: ${number(processed)} addresses checked.`,
      `Deliverable: ${number(counts.deliverable)}. Undeliverable: ${number(counts.undeliverable)}. Risky: ${number(counts.risky)}. We could not tell: ${number(counts.unknown)}.`,
      `It cost ${number(credits.captured)} credits. What we could not tell is free.`,
    ],
    button,
    after: list.expiresAt === null ? [] : [`Its rows are deleted on ${list.expiresAt.slice(0, 10)} (UTC); the totals stay.`],
  });
}
