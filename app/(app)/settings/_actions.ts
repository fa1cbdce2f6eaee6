'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { changeEmailSchema, changePasswordSchema, profileSchema } from '@/lib/accounts/forms';
import { changePassword, requestPasswordReset } from '@/lib/accounts/password-change';
import { changeName, requestEmailChange } from '@/lib/accounts/profile';
import { endSession, signOutEverywhere } from '@/lib/accounts/sessions';
import { rememberDevice } from '@/lib/accounts/web/cookies';
import { currentClientKey, endCurrentSession, renewCurrentSession, requireSession } from '@/lib/accounts/web/session';
import { formDone, formFailed, type FormState } from '@/lib/platform/form-state';

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
    ? formDone('We sent an email to the new address. Open the link in it within an hour.')
    : formFailed(result.error);
}

export async function changePasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { userId, sessionId } = await requireSession();
  const parsed = changePasswordSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await changePassword({ userId, sessionId, ...parsed.data }, await currentClientKey());
  if (!result.ok) return formFailed(result.error);
  await renewCurrentSession({ userId, sessionId, epoch: result.value.sessionEpoch });
  redirect('/settings/access?after=change');
}

export async function mailPasswordLinkAction(): Promise<FormState> {
  const { email } = await requireSession();
  const result = await requestPasswordReset(email, await currentClientKey());
  return result.ok ? formDone('We sent you an email. Open the link in it within an hour.') : formFailed(result.error);
}

/** Null when it is done, else what went wrong. */
export async function endSessionAction(sessionId: string): Promise<string | null> {
  const { userId } = await requireSession();
  const result = await endSession(userId, z.string().max(64).parse(sessionId));
  revalidatePath('/settings');
  return result.ok ? null : result.error.message;
}

export async function signOutEverywhereAction(): Promise<void> {
  const { userId } = await requireSession();
  const { epoch } = await signOutEverywhere(userId);
  // This browser is still the owner's: others' guesses must not lock it out.
  await rememberDevice({ userId, epoch });
  await endCurrentSession();
  redirect('/signin?notice=signed-out');
}
