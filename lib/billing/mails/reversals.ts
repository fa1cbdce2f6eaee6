// Notices about payments that were reversed. Owners read what happened to the credits that a refunded or disputed payment had
// bought, and what did not change. The operators read of a dispute while it can be answered, and how it ended.
import type { NoticeOf } from '../notices';
import { formatAmount } from '../rules/offers';
import { composeMail, type Mail, mailCredits, mailDay, siteLink } from '@/lib/platform/mail/compose';
import { formatCount } from '@/lib/platform/numbers';
import { balanceWords } from './purchases';

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
        ? `A bank asks about a payment of ${amount} (${notice.what}) of workspace ${notice.workspaceId}. No money has been taken; an inquiry that is not answered can become a chargeback.`
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
        ? `The ${mailCredits(notice.taken)} that were taken back were given again.`
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
      'If this is a mistake, ask your bank to withdraw the dispute. Automatic top-ups are off until you switch them on again.',
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
