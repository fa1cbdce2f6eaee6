// Notices about single payments: a pack bought by hand or automatically, a pack that could not be bought, a payment that did not
// arrive, and reversed payments. Owners read what happened to the credits that a refunded or disputed payment had bought, and
// what did not change.
import { composeMail, type Mail, mailCredits, siteLink, mailDay } from '@/lib/platform/mail/compose';
import { formatCount } from '@/lib/platform/numbers';
import type { NoticeOf } from '../notices';
import { formatAmount } from '../rules/offers';

const balanceWords = (available: number): string => `You can spend ${mailCredits(available)} now.`;

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
      `Your credits fell below the threshold you set, so we bought ${mailCredits(credits)} with your card on file. ${balanceWords(available)}`,
      'You can change automatic top-ups or turn them off on the billing page. The invoice is there too.',
    ],
    button: { label: 'Open billing', url: siteLink('/billing') },
  });
}

export function topUpStoppedMail(to: string, { why }: NoticeOf<'top_up_stopped'>): Mail {
  return composeMail(to, {
    subject: 'Automatic top-ups are off: a payment failed',
    paragraphs: [
      `Your credits fell below the threshold you set, but we could not buy the pack: ${why}`,
      'Nothing was charged, and we won’t try again automatically. Check your card and turn automatic top-ups on again, or buy a pack yourself.',
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

// Notices about reversed payments. Owners read what happened to the credits that a refunded or disputed payment had bought, and
// what did not change. Operators read about a dispute while it can be answered, and how it ended.

const words = (word: string): string => word.replaceAll('_', ' ');

const operatorButton = () => ({ label: 'Open the operator page', url: siteLink('/operator') });

const usageButton = () => ({ label: 'See your credits', url: siteLink('/usage') });

const OUTCOMES: Readonly<Record<string, string>> = {
  won: 'was won: the payment stands',
  lost: 'was lost: the money stays with the cardholder, and the credits stay taken back',
  warning_closed: 'was an inquiry and is closed without a chargeback',
  prevented: 'was settled by an automatic refund',
};

export function disputeOpenedMail(to: string, notice: NoticeOf<'dispute_opened'>): Mail {
  const amount = formatAmount(notice.amountCents, notice.currency);
  const isInquiry = notice.status.startsWith('warning');
  return composeMail(to, {
    subject: `${isInquiry ? 'Inquiry about' : 'Dispute of'} ${amount}`,
    paragraphs: [
      isInquiry
        ? `A bank is asking about a payment of ${amount} (${notice.what}) of workspace ${notice.workspaceId}. No money has been taken; an unanswered inquiry can become a chargeback.`
        : `A payment of ${amount} (${notice.what}) of workspace ${notice.workspaceId} was charged back.`,
      ...(notice.reason === null ? [] : [`Reason given: ${words(notice.reason)}. Status: ${words(notice.status)}.`]),
      creditWords(notice),
      ...(notice.respondBy === null
        ? []
        : [`You can answer at Stripe until ${mailDay(notice.respondBy)}. Dispute: ${notice.disputeId}.`]),
    ],
    button: operatorButton(),
  });
}

export function disputeClosedMail(to: string, notice: NoticeOf<'dispute_closed'>): Mail {
  const amount = formatAmount(notice.amountCents, notice.currency);
  return composeMail(to, {
    subject: `Dispute of ${amount}: ${words(notice.status)}`,
    paragraphs: [
      `The dispute ${notice.disputeId} about ${amount} (${notice.what}) of workspace ${notice.workspaceId} ${OUTCOMES[notice.status] ?? `is ${words(notice.status)}`}.`,
      notice.status === 'won' && notice.taken > 0
        ? `The ${mailCredits(notice.taken)} that were taken back were returned.`
        : creditWords(notice),
    ],
    button: operatorButton(),
  });
}

export function paymentRefundedMail(to: string, notice: NoticeOf<'payment_refunded'>, available: number): Mail {
  const amount = formatAmount(notice.amountCents, notice.currency);
  return composeMail(to, {
    subject: `Your payment of ${amount} was refunded`,
    paragraphs: [
      `We refunded your payment of ${amount} for ${notice.what}. Depending on your bank, it takes a few days to arrive.`,
      `${takenWords(notice)} ${balanceWords(available)}`,
      ...(notice.isPlan ? ['The refund does not end the plan. If you want to end it too, cancel it on the billing page.'] : []),
    ],
    button: usageButton(),
  });
}

export function paymentDisputedMail(to: string, notice: NoticeOf<'payment_disputed'>, available: number): Mail {
  const amount = formatAmount(notice.amountCents, notice.currency);
  return composeMail(to, {
    subject: `A payment of ${amount} is disputed`,
    paragraphs: [
      `The cardholder disputes your payment of ${amount} for ${notice.what}, and the bank has taken the money back.`,
      `${takenWords(notice)} ${balanceWords(available)} ${notice.taken > 0 ? 'If the bank decides that the payment stands, the credits come back.' : ''}`.trim(),
      'If this is a mistake, ask your bank to withdraw the dispute. Automatic top-ups are off until you turn them on again.',
    ],
    button: usageButton(),
  });
}

export function creditsReturnedMail(to: string, notice: NoticeOf<'credits_returned'>, available: number): Mail {
  const amount = formatAmount(notice.amountCents, notice.currency);
  return composeMail(to, {
    subject: `${mailCredits(notice.credits)} are back in your workspace`,
    paragraphs: [
      `The dispute about your payment of ${amount} for ${notice.what} is over and the payment stands, so the ${mailCredits(notice.credits)} that were taken back are yours again.`,
      balanceWords(available),
    ],
    button: usageButton(),
  });
}

const creditWords = ({ wanted, taken }: { wanted: number; taken: number }): string =>
  wanted === 0
    ? 'No credits were taken back.'
    : `Of its ${mailCredits(wanted)}, ${formatCount(taken)} were left and were taken back.`;

const takenWords = ({ wanted, taken }: { wanted: number; taken: number }): string => {
  if (wanted === 0) return 'None of its credits were left to take back.';
  if (taken === wanted) return `Its ${mailCredits(taken)} were taken back.`;
  if (taken === 0) return `Its ${mailCredits(wanted)} are spent or in use, so nothing was taken back now.`;
  return `Of its ${mailCredits(wanted)}, ${formatCount(taken)} were left and were taken back.`;
};
