// Notices about single payments: a pack bought by hand or automatically, one that could not be bought, and a payment that did not
// arrive.
import type { NoticeOf } from '../notices';
import { formatAmount } from '../rules/offers';
import { composeMail, type Mail, mailCredits, siteLink } from '@/lib/platform/mail/compose';

export const balanceWords = (available: number): string => `You can spend ${mailCredits(available)} now.`;

const invoiceWords = (invoiceUrl: string | null): string =>
  invoiceUrl === null ? `Your invoices are at ${siteLink('/billing')}.` : `Invoice and receipt: ${invoiceUrl}`;

export function packBoughtMail(to: string, notice: NoticeOf<'pack_bought'>, available: number): Mail {
  return composeMail(to, {
    subject: `You bought ${mailCredits(notice.credits)}`,
    paragraphs: [
      `Thank you. ${mailCredits(notice.credits)} for ${formatAmount(notice.amountCents, notice.currency)} are in your Email Verifier workspace. They never expire.`,
      balanceWords(available),
    ],
    button: { label: 'Verify a list', url: siteLink('/lists') },
    after: [invoiceWords(notice.invoiceUrl)],
  });
}

export function topUpMadeMail(to: string, { credits }: NoticeOf<'top_up_made'>, available: number): Mail {
  return composeMail(to, {
    subject: `${mailCredits(credits)} were added automatically`,
    paragraphs: [
      `Your credits fell below the mark you set, so we bought ${mailCredits(credits)} with your card on file. ${balanceWords(available)}`,
      'You can change automatic top-ups or turn them off on the billing page. The invoice is there too.',
    ],
    button: { label: 'Open billing', url: siteLink('/billing') },
  });
}

export function topUpStoppedMail(to: string, { why }: NoticeOf<'top_up_stopped'>): Mail {
  return composeMail(to, {
    subject: 'Automatic top-ups are off: a payment failed',
    paragraphs: [
      `Your credits fell below the mark you set, but we could not buy the pack: ${why}`,
      'Nothing was charged, and we won’t try again by ourselves. Check your card and turn automatic top-ups on again, or buy a pack by hand.',
    ],
    button: { label: 'Open billing', url: siteLink('/billing') },
  });
}

export const paymentDidNotArriveMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your payment did not arrive',
    paragraphs: ['Your bank did not send the payment for your last purchase, so no credits were added. You can pay another way.'],
    button: { label: 'Try again', url: siteLink('/billing') },
  });
