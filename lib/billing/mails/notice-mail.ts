// The mail of every kind of notice: billing's own, and those of accounts, which come before it.
import { z } from 'zod';
import { accountNoticeMail } from '@/lib/accounts/mails';
import { accountNoticeSchema, type NoticeTemplate } from '@/lib/accounts/notices';
import { getBalance } from '@/lib/credits/balance';
import type { Mail } from '@/lib/platform/mail/compose';
import { billingNoticeSchema } from '../notices';
import {
  backToFreeMail,
  cancelScheduledMail,
  cancelTakenBackMail,
  changeScheduledMail,
  changeTakenBackMail,
  paymentFailedMail,
  planChangedMail,
  planEndedMail,
  planStartedMail,
  planUpgradedMail,
} from './plans';
import { packBoughtMail, paymentDidNotArriveMail, topUpMadeMail, topUpStoppedMail } from './purchases';
import { creditsReturnedMail, disputeClosedMail, disputeOpenedMail, paymentDisputedMail, paymentRefundedMail } from './reversals';

const anyNoticeSchema = z.union([billingNoticeSchema, accountNoticeSchema]);

export const noticeTemplate: NoticeTemplate = async (content, audience) => {
  const notice = anyNoticeSchema.parse(content);
  // As it is now, not as it was: the reader will look at the page next.
  const available = audience.to === 'owners' ? (await getBalance(audience.scope)).available : 0;
  return (to) => noticeMail(to, notice, available);
};

/** `available`: what the workspace can spend now. */
function noticeMail(to: string, notice: z.infer<typeof anyNoticeSchema>, available: number): Mail {
  switch (notice.kind) {
    case 'pack_bought':
      return packBoughtMail(to, notice, available);
    case 'top_up_made':
      return topUpMadeMail(to, notice, available);
    case 'top_up_stopped':
      return topUpStoppedMail(to, notice);
    case 'payment_did_not_arrive':
      return paymentDidNotArriveMail(to);
    case 'plan_started':
      return planStartedMail(to, notice);
    case 'plan_upgraded':
      return planUpgradedMail(to, notice);
    case 'plan_changed':
      return planChangedMail(to, notice);
    case 'change_scheduled':
      return changeScheduledMail(to, notice);
    case 'change_taken_back':
      return changeTakenBackMail(to, notice);
    case 'cancel_scheduled':
      return cancelScheduledMail(to, notice);
    case 'cancel_taken_back':
      return cancelTakenBackMail(to, notice);
    case 'payment_failed':
      return paymentFailedMail(to, notice);
    case 'plan_ended':
      return planEndedMail(to, notice);
    case 'back_to_free':
      return backToFreeMail(to, notice);
    case 'payment_refunded':
      return paymentRefundedMail(to, notice, available);
    case 'payment_disputed':
      return paymentDisputedMail(to, notice, available);
    case 'credits_returned':
      return creditsReturnedMail(to, notice, available);
    case 'dispute_opened':
      return disputeOpenedMail(to, notice);
    case 'dispute_closed':
      return disputeClosedMail(to, notice);
    default:
      return accountNoticeMail(to, notice);
  }
}
