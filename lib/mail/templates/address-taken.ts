// To the owner of an account, when another account asks to move to their address.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';

export const addressTakenMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'An account wanted to use your address',
    paragraphs: [
      'Somebody, perhaps you, asked to use this address for another Email Verifier account. It has an account of its own, so nothing was changed.',
      'To use it for the other account, first delete this one or give it another address.',
    ],
  });
