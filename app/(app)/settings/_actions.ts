'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { currentClientKey } from '@/lib/auth/client-key';
import { endCurrentSession, renewCurrentSession } from '@/lib/auth/current-session';
import { requireSession } from '@/lib/auth/session';
import { changeEmailSchema, changePasswordSchema, deleteAccountSchema, profileSchema } from '@/lib/schemas/auth';
import { formDone, formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { changeName } from '@/lib/services/auth/change-name';
import { changePassword } from '@/lib/services/auth/change-password';
import { deleteAccount } from '@/lib/services/auth/delete-account';
import { requestEmailChange } from '@/lib/services/auth/request-email-change';
import { requestPasswordReset } from '@/lib/services/auth/request-password-reset';
import { signOutEverywhere } from '@/lib/services/auth/sign-out-everywhere';

export async function changeNameAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession();
  const parsed = profileSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  await changeName(userId, parsed.data.name);
  revalidatePath('/', 'layout');
  return formDone('Saved.');
}

export async function changeEmailAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession();
  const parsed = changeEmailSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const { email: newEmail, password } = parsed.data;
  const result = await requestEmailChange({ userId, newEmail, password }, await currentClientKey());
  return result.ok
    ? formDone('We sent a mail to the new address. Open the link in it within an hour.')
    : formFailed(result.error);
}

export async function changePasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession();
  const parsed = changePasswordSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await changePassword({ userId, ...parsed.data }, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await renewCurrentSession({ userId, epoch: result.value.sessionEpoch });
  return formDone('Your password is changed, and you are signed out everywhere else.');
}

export async function mailPasswordLinkAction(): Promise<FormState> {
  const { email } = await requireSession();
  const result = await requestPasswordReset(email, await currentClientKey());
  return result.ok ? formDone('We sent you a mail. Open the link in it within an hour.') : formFailed(result.error);
}

export async function signOutEverywhereAction(): Promise<void> {
  const { userId } = await requireSession();
  await signOutEverywhere(userId);
  await endCurrentSession();
  redirect('/signin?notice=signed-out');
}

export async function deleteAccountAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession();
  const parsed = deleteAccountSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await deleteAccount({ userId, typedEmail: parsed.data.typedEmail });
  if (!result.ok) return formFailed(result.error);
  await endCurrentSession();
  redirect('/signin?notice=deleted');
}
