// A notice: the password is another one now.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const passwordChangedMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your password was changed',
    paragraphs: ['The password of your Email Verifier account was changed just now, and every other session was signed out.'],
    after: [`If it was not you, choose a new password at once: ${siteLink('/forgot-password')}`],
  });
