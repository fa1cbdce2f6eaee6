// The mail that few credits are left, and what happens when they are used up.
import { composeMail, type Mail, siteLink } from '@/lib/platform/mail/compose';
import { formatCount } from '@/lib/platform/numbers';

export interface CreditsLeftFacts {
  available: number;
  held: number;
  /** Below how many credits the workspace wants to be told. */
  mark: number;
  buysItself: boolean;
}

export function lowBalanceMail(to: string, { available, held, mark, buysItself }: CreditsLeftFacts): Mail {
  const heldWords = held > 0 ? ` Another ${formatCount(held)} are held for running checks.` : '';
  return composeMail(to, {
    subject: available === 0 ? 'Your credits are used up' : `${formatCount(available)} credits left`,
    paragraphs: [
      `Your Email Verifier workspace has ${formatCount(available)} credits left, fewer than the ${formatCount(mark)} you asked to be notified at.${heldWords}`,
      buysItself
        ? 'Automatic purchases are on: we are buying the pack you chose.'
        : 'When none are left, new checks are refused and lists pause. Nothing is lost: they resume once there are credits again.',
    ],
    button: { label: 'See your usage', url: siteLink('/usage') },
    after: ['You can change this threshold, or switch these emails off, on the same page.'],
  });
}
