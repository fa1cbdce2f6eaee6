// To the new address of an account: the link that moves the account there.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const confirmNewAddressMail = (to: string, token: string): Mail =>
  composeMail(to, {
    subject: 'Confirm your new e-mail address',
    paragraphs: ['Somebody, we hope you, wants to use this address for an Email Verifier account from now on.'],
    button: { label: 'Use this address', url: siteLink('/confirm-email-change', { token }) },
    after: ['The link works once, for one hour. If it was not you, leave this mail alone: nothing is changed.'],
  });
