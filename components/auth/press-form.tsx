'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { FormAction } from '@/lib/platform/form-state';
import { useFormAction } from './use-form-action';

interface PressFormProps {
  action: FormAction;
  token: string;
  label: string;
}

/** The button behind a mailed link: opening the link changes nothing, pressing the button does. */
export function PressForm({ action, token, label }: PressFormProps) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      <input type="hidden" name="token" value={token} />
      <Button type="submit" loading={isPending}>
        {label}
      </Button>
    </form>
  );
}
