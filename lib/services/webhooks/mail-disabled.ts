// Tells the owners of a workspace that one of its endpoints was switched off, and why. Silent when it is on again or gone.
import { listOwnerEmails } from '@/lib/data/memberships';
import type { Scope } from '@/lib/data/scope';
import { findEndpointRow } from '@/lib/data/webhook-endpoints';
import { sendMail } from '@/lib/mail/send-mail';
import { webhookDisabledMail } from '@/lib/mail/templates/webhook-disabled';

export async function mailDisabled(scope: Scope, endpointId: string): Promise<void> {
  const endpoint = await findEndpointRow(scope, endpointId);
  if (endpoint?.state !== 'disabled') return;
  const isGone = endpoint.disabledReason === 'gone';
  for (const to of await listOwnerEmails(scope)) await sendMail(webhookDisabledMail(to, { ...endpoint, isGone }));
}
