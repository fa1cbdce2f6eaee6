'use client';

import { EmailInput } from '@/components/auth/email-input';
import { PasswordInput } from '@/components/auth/password-input';
import { BreakableName } from '@/components/ui/breakable-name';
import { Field } from '@/components/ui/field';
import type { FormAction } from '@/lib/platform/form-state';
import { SettingsForm } from './settings-form';

interface EmailSectionProps {
  email: string;
  hasPassword: boolean;
  action: FormAction;
}

export function EmailSection({ email, hasPassword, action }: EmailSectionProps) {
  const description = (
    <>
      You sign in as <BreakableName name={email} className="text-fg" />. A new address takes effect once you confirm it from
      there.
    </>
  );
  return (
    <SettingsForm title="Email address" description={description} label="Email the link to the new address" action={action}>
      {(fields) => (
        <>
          <Field label="New email address" htmlFor="new-email" error={fields.email}>
            <EmailInput id="new-email" name="email" required />
          </Field>
          {hasPassword && (
            <Field label="Your password" htmlFor="email-password" error={fields.password}>
              <PasswordInput id="email-password" name="password" autoComplete="current-password" required />
            </Field>
          )}
        </>
      )}
    </SettingsForm>
  );
}
