'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { member } from '@/lib/accounts/web/session';
import { setLowMark } from '@/lib/credits/balance';
import { formDone } from '@/lib/platform/form-state';
import { wholeNumberField } from '@/lib/platform/http/actions';

export const changeLowMark = member.form(z.object({ lowBelow: wholeNumberField }), async ({ lowBelow }, { scope }) => {
  const changed = await setLowMark(scope, lowBelow);
  if (!changed.ok) return changed;
  revalidatePath('/usage');
  return formDone();
});
