// To a new account's address: the link that confirms it.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const confirmAddressMail = (to: string, token: string): Mail =>
  composeMail(to, {
    subject: 'Confirm your e-mail address',
    paragraphs: [
      'Somebody, we hope you, made an Email Verifier account with this address. Confirm that it is yours to start using it.',
    ],
    button: { label: 'Confirm my address', url: siteLink('/verify-email', { token }) },
    after: [
      'The link works for 24 hours. If you did not sign up, leave this mail alone: without the confirmation nothing happens.',
    ],
  });
