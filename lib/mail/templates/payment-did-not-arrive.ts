// A notice: a payment that takes days, for a pack or a plan, did not arrive.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export const paymentDidNotArriveMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your payment did not arrive',
    paragraphs: ['Your bank did not send the payment for your last purchase, so nothing was added to your workspace.'],
    button: { label: 'Try again', url: siteLink('/billing') },
  });
