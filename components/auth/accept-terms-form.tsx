'use client';

import { Button } from '@/components/ui/button';
import type { FormAction } from '@/lib/platform/form-state';
import { TermsCheckbox } from './terms-checkbox';
import { useFormAction } from './use-form-action';

export function AcceptTermsForm({ action, callbackPath }: { action: FormAction; callbackPath: string }) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      <input type="hidden" name="callbackUrl" value={callbackPath} />
      <TermsCheckbox error={state.fields.terms} />
      <Button type="submit" loading={isPending}>
        Continue
      </Button>
    </form>
  );
}
