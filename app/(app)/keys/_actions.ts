'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { KEY_LIFETIMES, type NewKey } from '@/components/keys/key-actions';
import { changeApiKey, rotateApiKey, createApiKey, revokeApiKey } from '@/lib/accounts/keys';
import { ALL_API_SCOPES, API_KEY_MODES } from '@/lib/accounts/rules/keys';
import { member } from '@/lib/accounts/web/session';
import { formDone, formGave, formRefused } from '@/lib/platform/form-state';
import { wholeNumberField } from '@/lib/platform/http/actions';
import { API_KEY_LOCKS_MAX, API_KEY_NAME_MAX_CHARS, API_KEY_ORIGIN_MAX_CHARS } from '@/lib/platform/limits';
import { DAY_MS } from '@/lib/platform/time';

/** One word per line; empty lines don't count. */
const lines = z
  .string()
  .max(API_KEY_LOCKS_MAX * API_KEY_ORIGIN_MAX_CHARS)
  .transform((text) => text.split(/\s+/).filter((word) => word !== ''));

const createForm = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(API_KEY_NAME_MAX_CHARS),
  mode: z.enum(API_KEY_MODES),
  monthlyBudget: wholeNumberField,
  scopes: z.array(z.enum(ALL_API_SCOPES)).min(1, 'Choose at least one permission.'),
  allowedOrigins: lines.optional(),
  lifetimeDays: z.coerce.number().refine((days) => KEY_LIFETIMES.some((lifetime) => lifetime.days === days)),
});

export const createKey = member.form<z.infer<typeof createForm>, NewKey>(
  createForm,
  async ({ lifetimeDays, ...wanted }, { scope }) => {
    const expiresAt = lifetimeDays === 0 ? null : new Date(Date.now() + lifetimeDays * DAY_MS);
    const created = await createApiKey(scope, { ...wanted, expiresAt });
    if (!created.ok) return created;
    revalidatePath('/keys');
    return formGave({ key: created.value.key });
  },
  { lists: ['scopes'] },
);

const keyId = z.string().max(64);

export const revokeKey = member.button(keyId, async (id, { scope }) => {
  const revoked = await revokeApiKey(scope, id);
  revalidatePath('/keys');
  return revoked.ok ? formDone() : formRefused('This key could not be revoked. Reload the page and try again.');
});

const budgetForm = z.object({ id: keyId, monthlyBudget: wholeNumberField });
export const changeBudget = member.form(budgetForm, async ({ id, monthlyBudget }, { scope }) => {
  const changed = await changeApiKey(scope, id, { monthlyBudget });
  if (!changed.ok) return changed;
  revalidatePath('/keys');
  return formDone();
});

const locksForm = z.object({ id: keyId, allowedIps: lines, allowedOrigins: lines });
export const changeLocks = member.form(locksForm, async ({ id, ...locks }, { scope }) => {
  const changed = await changeApiKey(scope, id, locks);
  if (!changed.ok) return changed;
  revalidatePath(`/keys/${id}`);
  return formDone();
});

const rotateForm = z.object({ id: keyId, oldHours: z.coerce.number() });
export const rotateKey = member.form<z.infer<typeof rotateForm>, NewKey>(rotateForm, async (wanted, { scope }) => {
  const rotated = await rotateApiKey(scope, wanted);
  if (!rotated.ok) return rotated;
  revalidatePath(`/keys/${wanted.id}`);
  return formGave({ key: rotated.value.key });
});
