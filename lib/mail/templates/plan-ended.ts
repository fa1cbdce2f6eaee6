// A notice: a plan that was cancelled is over.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const planEndedMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your plan has ended',
    paragraphs: [
      'Your Email Verifier plan has ended, and nothing more is charged for it. The workspace is on the Free plan now.',
      'Your checks, your keys and the credits that you bought as packs are still there.',
    ],
    button: { label: 'Open billing', url: siteLink('/billing') },
  });
