'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { revokeAccess } from '@/lib/accounts/password-change';
import { ACCESS_KINDS } from '@/lib/accounts/rules/account';
import { member } from '@/lib/accounts/web/session';
import { formGave } from '@/lib/platform/form-state';
import { API_KEYS_A_WORKSPACE, WEBHOOKS_A_WORKSPACE } from '@/lib/platform/limits';
import { webhookAccess } from '@/lib/webhooks/endpoints';

/** Everything a workspace can have, plus a few linked sign-ins. */
const MAX_ITEMS = API_KEYS_A_WORKSPACE + WEBHOOKS_A_WORKSPACE + 20;

const chosenSchema = z.array(z.object({ kind: z.enum(ACCESS_KINDS), id: z.string().max(64) })).max(MAX_ITEMS);

/** Returns how many were revoked. */
export const revokeAccessAction = member.button<z.infer<typeof chosenSchema>, number>(chosenSchema, async (chosen, session) => {
  const revoked = await revokeAccess(session, chosen, webhookAccess);
  revalidatePath('/settings/access');
  return formGave(revoked);
});
