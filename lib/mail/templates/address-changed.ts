// A notice to the old address: the account has moved.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';

export const addressChangedMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your e-mail address was changed',
    paragraphs: ['Your Email Verifier account uses another e-mail address from now on; this one can no longer sign in.'],
    after: ['If it was not you, somebody else has got into your account: write to whoever runs this site at once.'],
  });
