// A notice: a plan ended because it was not paid.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const backToFreeMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your workspace is back on the Free plan',
    paragraphs: [
      'The payment for your Email Verifier plan did not arrive in time, so the plan has ended. The open invoice is void: you owe nothing.',
      'Your checks, keys and the credits that you bought as packs are still there, and the Free plan brings its credits each month.',
    ],
    button: { label: 'Choose a plan again', url: siteLink('/billing') },
  });
