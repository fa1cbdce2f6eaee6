'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { FormAction } from '@/lib/platform/form-state';
import { NewPasswordField } from './new-password-form';
import { TermsCheckbox } from './terms-checkbox';
import { useFormAction } from './use-form-action';

/**
 * Confirms an address in a browser that did not sign up. It asks for a password and the terms again, because what was chosen in the other
 * browser may be somebody else's.
 */
export function ConfirmWithPasswordForm({ action, token, email }: { action: FormAction; token: string; email: string }) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      <input type="hidden" name="token" value={token} />
      {/* Tells password managers whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <NewPasswordField label="Password" error={state.fields.password} />
      <TermsCheckbox error={state.fields.terms} isAccepted={state.typed.terms === 'on'} />
      <Button type="submit" loading={isPending}>
        Confirm my address
      </Button>
    </form>
  );
}
