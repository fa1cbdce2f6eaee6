'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { type BudgetState, type CreateKeyState, KEY_LIFETIMES } from '@/components/keys/key-state';
import { createApiKey, revokeApiKey, setKeyBudget } from '@/lib/accounts/keys';
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';
import { requireSession } from '@/lib/accounts/web/session';
import { wholeNumberField } from '@/lib/platform/form-state';
import { API_KEY_NAME_MAX_CHARS } from '@/lib/platform/limits';

const DAY_MS = 86_400_000;

const createForm = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(API_KEY_NAME_MAX_CHARS),
  mode: z.enum(['live', 'test']),
  monthlyBudget: wholeNumberField,
  scopes: z.array(z.enum(ALL_API_SCOPES)).min(1, 'Choose at least one permission.'),
  lifetimeDays: z.coerce.number().refine((days) => KEY_LIFETIMES.some((lifetime) => lifetime.days === days)),
});

export async function createKey(_previous: CreateKeyState, form: FormData): Promise<CreateKeyState> {
  const { scope } = await requireSession();
  const parsed = createForm.safeParse({ ...Object.fromEntries(form), scopes: form.getAll('scopes') });
  if (!parsed.success) return { kind: 'refused', message: 'Something is missing.', fields: fieldProblems(parsed.error) };
  const { lifetimeDays, ...wanted } = parsed.data;
  const expiresAt = lifetimeDays === 0 ? null : new Date(Date.now() + lifetimeDays * DAY_MS);
  const created = await createApiKey(scope, { ...wanted, expiresAt });
  if (!created.ok) return { kind: 'refused', message: created.error.message, fields: created.error.fields };
  revalidatePath('/keys');
  return { kind: 'created', key: created.value.key, view: created.value.view };
}

export async function revokeKey(id: string): Promise<string | null> {
  const { scope } = await requireSession();
  const parsed = z.string().max(64).safeParse(id);
  const revoked = parsed.success ? await revokeApiKey(scope, parsed.data) : null;
  revalidatePath('/keys');
  return revoked?.ok === true ? null : 'This key could not be revoked. Reload the page and try again.';
}

export async function changeBudget(id: string, _previous: BudgetState, form: FormData): Promise<BudgetState> {
  const { scope } = await requireSession();
  const parsed = z
    .object({ id: z.string().max(64), monthlyBudget: wholeNumberField })
    .safeParse({ ...Object.fromEntries(form), id });
  if (!parsed.success) return { kind: 'refused', problem: 'Type a whole number, or leave the field empty.' };
  const changed = await setKeyBudget(scope, parsed.data);
  if (!changed.ok) return { kind: 'refused', problem: changed.error.fields.monthlyBudget ?? changed.error.message };
  revalidatePath('/keys');
  return { kind: 'changed' };
}

const fieldProblems = (error: z.ZodError): Record<string, string> =>
  Object.fromEntries(error.issues.map((issue) => [String(issue.path[0] ?? 'form'), issue.message]));
