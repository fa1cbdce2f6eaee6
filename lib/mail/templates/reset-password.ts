// The link to choose a new password.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const resetPasswordMail = (to: string, token: string): Mail =>
  composeMail(to, {
    subject: 'Choose a new password',
    paragraphs: ['Somebody, we hope you, asked to choose a new password for your Email Verifier account.'],
    button: { label: 'Choose a new password', url: siteLink('/reset-password', { token }) },
    after: ['The link works once, for one hour. If it was not you, leave this mail alone: your password stays as it is.'],
  });
