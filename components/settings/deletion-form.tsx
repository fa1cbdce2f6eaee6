'use client';

import { PasswordInput } from '@/components/auth/password-input';
import { Field } from '@/components/ui/field';
import { DELETION_WAIT_DAYS } from '@/lib/platform/limits';
import type { FormAction } from '@/lib/platform/form-state';
import { SettingsForm } from './settings-form';

/** Asks for the password. An account without a password gets a mailed link. */
export function DeletionForm({ hasPassword, action }: { hasPassword: boolean; action: FormAction }) {
  const description = `API keys stop and lists pause right away. Your account is deleted after ${DELETION_WAIT_DAYS} days; until then you can sign in and keep it. Credits and paid time are not refunded.`;
  return (
    <SettingsForm
      title="Delete it"
      description={description}
      label={hasPassword ? 'Schedule deletion' : 'Email me a confirmation link'}
      action={action}
      danger
    >
      {(fields) =>
        hasPassword && (
          <Field label="Your password" htmlFor="deletion-password" error={fields.password}>
            <PasswordInput id="deletion-password" name="password" autoComplete="current-password" required />
          </Field>
        )
      }
    </SettingsForm>
  );
}
