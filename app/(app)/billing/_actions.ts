'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { requireSession } from '@/lib/accounts/web/session';
import { autoTopUpSchema, changePlanSchema, checkoutSchema } from '@/lib/billing/forms';
import { openPaymentPage, openPortal } from '@/lib/billing/invoices';
import { cancelPlan, changePlan, keepPlan } from '@/lib/billing/plans';
import { startCheckout } from '@/lib/billing/purchases';
import { setAutoTopUp } from '@/lib/billing/top-ups';
import { AppError, fail, type Result } from '@/lib/platform/errors';
import { formDone, formFailed, type FormState } from '@/lib/platform/form-state';

/** Stripe away is an answer here: the page stays, and the button can be pressed again. */
async function asking<T>(work: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return fail(error.code, { detail: error.message, cause: error.cause });
    throw error;
  }
}

export async function startCheckoutAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { scope, userId } = await requireSession();
  const parsed = checkoutSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await asking(startCheckout(scope, { userId, offer: parsed.data.offer }));
  if (!result.ok) return formFailed(result.error);
  redirect(result.value);
}

export async function openPortalAction(): Promise<FormState> {
  const { scope, userId } = await requireSession();
  const result = await asking(openPortal(scope, userId));
  if (!result.ok) return formFailed(result.error);
  redirect(result.value);
}

export async function payOpenInvoiceAction(): Promise<FormState> {
  const { scope, userId } = await requireSession();
  const result = await asking(openPaymentPage(scope, userId));
  if (!result.ok) return formFailed(result.error);
  if (result.value !== null) redirect(result.value);
  revalidatePath('/', 'layout');
  return formDone('There is nothing left to pay.');
}

export async function changePlanAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { scope, userId } = await requireSession();
  const parsed = changePlanSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const { at, ...to } = parsed.data;
  const result = await asking(changePlan(scope, { userId, to, at }));
  if (!result.ok) return formFailed(result.error);
  const { payPage, isAtOnce } = result.value;
  if (payPage !== null) redirect(payPage);
  revalidatePath('/', 'layout');
  redirect(`/billing?notice=${isAtOnce ? 'changed' : 'scheduled'}`);
}

export async function cancelPlanAction(): Promise<FormState> {
  const { scope, userId } = await requireSession();
  const result = await asking(cancelPlan(scope, userId));
  revalidatePath('/', 'layout');
  return result.ok ? formDone() : formFailed(result.error);
}

export async function keepPlanAction(): Promise<FormState> {
  const { scope, userId } = await requireSession();
  const result = await asking(keepPlan(scope, userId));
  revalidatePath('/', 'layout');
  return result.ok ? formDone() : formFailed(result.error);
}

export async function setAutoTopUpAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { scope, userId } = await requireSession();
  const parsed = autoTopUpSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const result = await setAutoTopUp(scope, userId, parsed.data);
  if (!result.ok) return formFailed(result.error);
  revalidatePath('/billing');
  return formDone(parsed.data === null ? 'Automatic top-up is switched off.' : 'Automatic top-up is on.');
}
