'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import type { FormAction } from '@/lib/platform/form-state';
import { EmailInput } from './email-input';
import { useFormAction } from './use-form-action';

interface EmailFormProps {
  action: FormAction;
  label: string;
  callbackPath: string;
  email?: string;
}

/** An address field, and a button that sends a mail to that address. */
export function EmailForm({ action, label, callbackPath, email = '' }: EmailFormProps) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      <input type="hidden" name="callbackUrl" value={callbackPath} />
      <Field label="Email address" htmlFor="email" error={state.fields.email}>
        <EmailInput
          id="email"
          name="email"
          autoComplete="username"
          defaultValue={state.typed.email ?? email}
          required
          autoFocus
        />
      </Field>
      <Button type="submit" loading={isPending}>
        {label}
      </Button>
    </form>
  );
}
