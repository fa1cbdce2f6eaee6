// The link to sign in without a password.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const magicLinkMail = (to: string, link: { token: string; callbackPath: string }): Mail =>
  composeMail(to, {
    subject: 'Your sign-in link',
    paragraphs: ['Here is the link to sign in to Email Verifier without a password.'],
    button: { label: 'Sign in', url: siteLink('/magic-link', { token: link.token, email: to, callbackUrl: link.callbackPath }) },
    after: ['The link works once, for one hour. If you did not ask for it, leave this mail alone and give the link to nobody.'],
  });
