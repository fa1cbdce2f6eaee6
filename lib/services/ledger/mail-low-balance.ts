// Tells the owners of a workspace that few credits are left. Silent when there are enough again by now.
import { listOwnerEmails } from '@/lib/data/memberships';
import type { Scope } from '@/lib/data/scope';
import { findStanding } from '@/lib/data/standing';
import { lowMark } from '@/lib/domain/low-balance';
import { sendMail } from '@/lib/mail/send-mail';
import { lowBalanceMail } from '@/lib/mail/templates/low-balance';

export async function mailLowBalance(scope: Scope): Promise<void> {
  const standing = await findStanding(scope);
  if (standing?.isLow !== true) return;
  const { available, held, buysItself } = standing;
  const left = { available, held, mark: lowMark(standing), buysItself };
  for (const to of await listOwnerEmails(scope)) await sendMail(lowBalanceMail(to, left));
}
