'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { requireSession } from '@/lib/accounts/web/session';
import { ACCESS_KINDS } from '@/lib/accounts/rules/account';
import { API_KEYS_A_WORKSPACE, WEBHOOKS_A_WORKSPACE } from '@/lib/platform/limits';
import { revokeAccess } from '@/lib/accounts/access-review';

/** Everything there can be, and a few linked sign-ins. */
const MAX_ITEMS = API_KEYS_A_WORKSPACE + WEBHOOKS_A_WORKSPACE + 20;

const chosenSchema = z.array(z.object({ kind: z.enum(ACCESS_KINDS), id: z.string().max(64) })).max(MAX_ITEMS);

/** How many were revoked; null for what can't be read. */
export async function revokeAccessAction(chosen: unknown): Promise<number | null> {
  const session = await requireSession();
  const parsed = chosenSchema.safeParse(chosen);
  const revoked = parsed.success ? await revokeAccess(session, parsed.data) : null;
  revalidatePath('/settings/access');
  return revoked;
}
