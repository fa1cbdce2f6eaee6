// To an address that has an account already, when somebody signs up with it again.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const accountExistsMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'You already have an account',
    paragraphs: [
      'Somebody, we hope you, tried to make an Email Verifier account with this address. There is one already, so nothing was changed.',
      `If you forgot your password, choose a new one at ${siteLink('/forgot-password')}.`,
    ],
    button: { label: 'Sign in', url: siteLink('/signin') },
    after: ['If it was not you, there is nothing to do.'],
  });
