// A notice: an automatic purchase of credits was refused, and no other will be tried.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const topUpStoppedMail = (to: string, why: string): Mail =>
  composeMail(to, {
    subject: 'Automatic top-up is switched off',
    paragraphs: [
      `Your credits fell below the mark you set, but the pack could not be bought: ${why}`,
      'Nothing was charged, and we will not try again by ourselves. Check your card and switch the automatic top-up on again, or buy a pack by hand.',
    ],
    button: { label: 'Open billing', url: siteLink('/billing') },
  });
