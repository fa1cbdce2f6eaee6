// Sends a mail that is owed to everybody it is for who has not had it yet, with one template per kind of notice. A second run
// sends nothing; killed between sending a mail and recording it, one person may get it twice.
import {
  accountDeletedMail,
  deletionScheduledMail,
  deletionStoppedMail,
  deletionTomorrowMail,
  deletionUndoneMail,
} from '@/lib/accounts/mails';
import { type NoticeContent, noticeContentSchema } from '@/lib/accounts/notices';
import { type Audience, findNotice, noteSent, noteSentTo } from '@/lib/accounts/store/notices';
import { listOwnerEmails } from '@/lib/accounts/store/workspaces';
import { findBalance } from '@/lib/credits/store/ledger';
import { env } from '@/lib/platform/env';
import type { Mail } from '@/lib/platform/mail/compose';
import { sendMail } from '@/lib/platform/mail/send';
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
} from './mails/plans';
import { packBoughtMail, paymentDidNotArriveMail, topUpMadeMail, topUpStoppedMail } from './mails/purchases';
import {
  creditsReturnedMail,
  disputeClosedMail,
  disputeOpenedMail,
  paymentDisputedMail,
  paymentRefundedMail,
} from './mails/reversals';

export async function sendNotice(noticeId: string): Promise<void> {
  const notice = await findNotice(noticeId);
  if (notice === null || notice.isSent) return;
  const content = noticeContentSchema.parse(notice.content);
  const { audience } = notice;
  // As it is now, not as it was: the reader will look at the page next.
  const available = audience.to === 'owners' ? (await findBalance(audience.scope)).available : 0;
  for (const to of await recipientsOf(audience)) {
    if (notice.sentTo.includes(to)) continue;
    await sendMail(noticeMail(to, content, available));
    await noteSentTo(noticeId, to);
  }
  await noteSent(noticeId);
}

/** `available`: what the workspace can spend now. */
export function noticeMail(to: string, notice: NoticeContent, available: number): Mail {
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
    case 'deletion_scheduled':
      return deletionScheduledMail(to, notice.at);
    case 'deletion_tomorrow':
      return deletionTomorrowMail(to, notice.at);
    case 'deletion_undone':
      return deletionUndoneMail(to);
    case 'deletion_stopped':
      return deletionStoppedMail(to);
    case 'account_deleted':
      return accountDeletedMail(to);
  }
}

function recipientsOf(audience: Audience): Promise<string[]> | string[] {
  if (audience.to === 'owners') return listOwnerEmails(audience.scope);
  return audience.to === 'operators' ? [...new Set(env().OPERATOR_EMAILS)] : [audience.address];
}
