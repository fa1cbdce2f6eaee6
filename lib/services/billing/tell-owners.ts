// Notices about payments, to the owners of a workspace.
import { listOwnerEmails } from '@/lib/data/memberships';
import type { Scope } from '@/lib/data/scope';
import type { PackId } from '@/lib/domain/plans';
import type { Mail } from '@/lib/mail/mail';
import { postMail } from '@/lib/mail/post-mail';
import { backToFreeMail } from '@/lib/mail/templates/back-to-free';
import { paymentFailedMail } from '@/lib/mail/templates/payment-failed';
import { paymentDidNotArriveMail } from '@/lib/mail/templates/payment-did-not-arrive';
import { planEndedMail } from '@/lib/mail/templates/plan-ended';
import { topUpMadeMail } from '@/lib/mail/templates/top-up-made';
import { topUpStoppedMail } from '@/lib/mail/templates/top-up-stopped';

async function tell(scope: Scope, mailTo: (to: string) => Mail): Promise<void> {
  for (const email of await listOwnerEmails(scope)) postMail(mailTo(email));
}

export const tellPastDue = (scope: Scope, graceUntil: Date | null): Promise<void> =>
  tell(scope, (to) => paymentFailedMail(to, graceUntil));

export const tellBackToFree = (scope: Scope): Promise<void> => tell(scope, backToFreeMail);

export const tellPlanEnded = (scope: Scope): Promise<void> => tell(scope, planEndedMail);

export const tellTopUpMade = (scope: Scope, pack: PackId): Promise<void> => tell(scope, (to) => topUpMadeMail(to, pack));

export const tellTopUpStopped = (scope: Scope, why: string): Promise<void> => tell(scope, (to) => topUpStoppedMail(to, why));

export const tellPaymentDidNotArrive = (scope: Scope): Promise<void> => tell(scope, paymentDidNotArriveMail);
