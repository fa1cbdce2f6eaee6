'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PASSWORD_MIN_CHARS } from '@/lib/platform/limits';
import type { FormAction } from '@/lib/platform/form-state';
import { PasswordInput } from './password-input';
import { useFormAction } from './use-form-action';

/** The form for a new password that a mailed link opens. */
export function NewPasswordForm({ action, token }: { action: FormAction; token: string }) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      <input type="hidden" name="token" value={token} />
      <NewPasswordField label="New password" error={state.fields.password} />
      <Button type="submit" loading={isPending}>
        Save the new password
      </Button>
    </form>
  );
}

export function NewPasswordField({ label, error }: { label: string; error: string | undefined }) {
  return (
    <Field
      label={label}
      htmlFor="password"
      hint={`At least ${PASSWORD_MIN_CHARS} characters. A few unrelated words are best.`}
      error={error}
    >
      <PasswordInput id="password" name="password" autoComplete="new-password" required autoFocus />
    </Field>
  );
}
