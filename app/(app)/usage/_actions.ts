'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { LowMarkState } from '@/components/usage/low-mark-state';
import { requireSession } from '@/lib/accounts/web/session';
import { wholeNumberField } from '@/lib/platform/form-state';
import { setLowMark } from '@/lib/credits/balance';

export async function changeLowMark(_previous: LowMarkState, form: FormData): Promise<LowMarkState> {
  const { scope } = await requireSession();
  const parsed = z.object({ lowBelow: wholeNumberField }).safeParse(Object.fromEntries(form));
  if (!parsed.success) return { kind: 'refused', problem: 'Type a whole number, or leave the field empty.' };
  const changed = await setLowMark(scope, parsed.data.lowBelow);
  if (!changed.ok) return { kind: 'refused', problem: changed.error.fields.lowBelow ?? changed.error.message };
  revalidatePath('/usage');
  return { kind: 'changed' };
}
