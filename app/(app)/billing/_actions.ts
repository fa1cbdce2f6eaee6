'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { member } from '@/lib/accounts/web/session';
import { autoTopUpSchema, changePlanSchema, checkoutSchema } from '@/lib/billing/forms';
import { openPaymentPage, openPortal } from '@/lib/billing/invoices';
import { cancelPlan, changePlan, keepPlan } from '@/lib/billing/plans';
import { startCheckout } from '@/lib/billing/purchases';
import { setAutoTopUp } from '@/lib/billing/top-ups';
import { listWaitingIds } from '@/lib/lists/pause';
import { formDone } from '@/lib/platform/form-state';
import { NO_FIELDS } from '@/lib/platform/http/actions';

export const startCheckoutAction = member.form(checkoutSchema, async ({ offer }, { scope, userId }) => {
  const result = await startCheckout(scope, { userId, offer, waitingLists: await listWaitingIds(scope) });
  if (!result.ok) return result;
  redirect(result.value);
});

export const openPortalAction = member.form(NO_FIELDS, async (_fields, { scope, userId }) => {
  const result = await openPortal(scope, userId);
  if (!result.ok) return result;
  redirect(result.value);
});

export const payOpenInvoiceAction = member.form(NO_FIELDS, async (_fields, { scope, userId }) => {
  const result = await openPaymentPage(scope, userId);
  if (!result.ok) return result;
  if (result.value !== null) redirect(result.value);
  revalidatePath('/', 'layout');
  return formDone('There is nothing left to pay.');
});

export const changePlanAction = member.form(changePlanSchema, async ({ at, ...to }, { scope, userId }) => {
  const result = await changePlan(scope, { userId, to, at });
  if (!result.ok) return result;
  const { payPage, isAtOnce } = result.value;
  if (payPage !== null) redirect(payPage);
  revalidatePath('/', 'layout');
  redirect(`/billing?notice=${isAtOnce ? 'changed' : 'scheduled'}`);
});

export const cancelPlanAction = member.form(NO_FIELDS, async (_fields, { scope, userId }) => {
  const result = await cancelPlan(scope, userId);
  revalidatePath('/', 'layout');
  return result.ok ? formDone() : result;
});

export const keepPlanAction = member.form(NO_FIELDS, async (_fields, { scope, userId }) => {
  const result = await keepPlan(scope, userId);
  revalidatePath('/', 'layout');
  return result.ok ? formDone() : result;
});

export const setAutoTopUpAction = member.form(autoTopUpSchema, async (wish, { scope, userId }) => {
  const result = await setAutoTopUp(scope, userId, wish);
  if (!result.ok) return result;
  revalidatePath('/billing');
  return formDone(wish === null ? 'Automatic top-up is switched off.' : 'Automatic top-up is on.');
});
