// To an address without an account, when somebody asks for a new password for it: else its owner would wait for a mail.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const noAccountMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'There is no account with this address',
    paragraphs: [
      'Somebody, we hope you, asked to choose a new password for an Email Verifier account with this address. There is none.',
      'Perhaps you signed up with another address. If you have no account yet, you can make one.',
    ],
    button: { label: 'Sign up', url: siteLink('/signup') },
    after: ['If it was not you, there is nothing to do.'],
  });
