'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { changeEmailSchema, changePasswordSchema, profileSchema, workspaceSchema } from '@/lib/accounts/forms';
import { changePassword, requestPasswordReset } from '@/lib/accounts/password-change';
import { changeName, requestEmailChange } from '@/lib/accounts/profile';
import { endSession, signOutEverywhere } from '@/lib/accounts/sign-in';
import { member, currentClientKey, endCurrentSession, renewCurrentSession } from '@/lib/accounts/web/session';
import { rememberDevice } from '@/lib/accounts/web/cookies';
import { changeWorkspace } from '@/lib/accounts/workspaces';
import { formDone } from '@/lib/platform/form-state';
import { NO_FIELDS } from '@/lib/platform/http/actions';
import { webhookAccess } from '@/lib/webhooks/endpoints';

export const changeNameAction = member.form(profileSchema, async ({ name }, { userId }) => {
  await changeName(userId, name);
  revalidatePath('/', 'layout');
  return formDone('Saved.');
});

export const changeWorkspaceAction = member.form(workspaceSchema, async ({ workspaceName: name, policy }, { scope, userId }) => {
  const result = await changeWorkspace(scope, { userId, name, policy });
  if (!result.ok) return result;
  revalidatePath('/', 'layout');
  return formDone('Saved.');
});

export const changeEmailAction = member.form(changeEmailSchema, async ({ email: newEmail, password }, { userId }) => {
  const result = await requestEmailChange({ userId, newEmail, password }, await currentClientKey());
  return result.ok ? formDone('We sent an email to the new address. Open the link in it within an hour.') : result;
});

export const changePasswordAction = member.form(changePasswordSchema, async (fields, { userId, sessionId }) => {
  const result = await changePassword({ userId, sessionId, ...fields }, await currentClientKey(), webhookAccess);
  if (!result.ok) return result;
  await renewCurrentSession({ userId, sessionId, epoch: result.value.sessionEpoch });
  redirect('/settings/access?after=change');
});

export const mailPasswordLinkAction = member.form(NO_FIELDS, async (_fields, { email }) => {
  const result = await requestPasswordReset(email, await currentClientKey());
  return result.ok ? formDone('We sent you an email. Open the link in it within an hour.') : result;
});

export const endSessionAction = member.button(z.string().max(64), async (sessionId, { userId }) => {
  const result = await endSession(userId, sessionId);
  revalidatePath('/settings');
  return result.ok ? formDone() : result;
});

export const signOutEverywhereAction = member.button(z.void(), async (_nothing, { userId }) => {
  const { epoch } = await signOutEverywhere(userId);
  // This browser still belongs to the owner: other people's failed guesses must not lock it out.
  await rememberDevice({ userId, epoch });
  await endCurrentSession();
  redirect('/signin?notice=signed-out');
});
