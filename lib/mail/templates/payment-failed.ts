// A notice: the renewal of a plan could not be charged, and until when there is time.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

export const paymentFailedMail = (to: string, graceUntil: Date | null): Mail =>
  composeMail(to, {
    subject: 'Your plan could not be renewed',
    paragraphs: [
      'The payment for the next period of your Email Verifier plan did not go through.',
      graceUntil === null
        ? 'Please check your payment method.'
        : `Your plan stays as it is until ${DAY.format(graceUntil)}. Without a payment the workspace is then back on the Free plan; credits that you bought as packs stay.`,
    ],
    button: { label: 'Check the payment', url: siteLink('/billing') },
  });
