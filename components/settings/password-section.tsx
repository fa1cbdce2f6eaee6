'use client';

import { PasswordInput } from '@/components/auth/password-input';
import { Field } from '@/components/ui/field';
import { PASSWORD_MIN_CHARS } from '@/lib/platform/limits';
import type { FormAction } from '@/lib/platform/form-state';
import { SettingsForm } from './settings-form';

interface PasswordSectionProps {
  email: string;
  hasPassword: boolean;
  changeAction: FormAction;
  /** Mails a link for choosing a first password. */
  mailLinkAction: FormAction;
}

export function PasswordSection({ email, hasPassword, changeAction, mailLinkAction }: PasswordSectionProps) {
  if (!hasPassword) {
    const description = 'You sign in without a password. To add one, use a link that we email you.';
    return (
      <SettingsForm title="Password" description={description} label="Email me the link" action={mailLinkAction}>
        {() => null}
      </SettingsForm>
    );
  }
  return (
    <SettingsForm
      title="Password"
      description="A new password signs you out everywhere else. Then you can look through your API keys and webhooks."
      label="Change the password"
      action={changeAction}
    >
      {(fields) => (
        <>
          {/* Tells password managers whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <Field label="Current password" htmlFor="current-password" error={fields.currentPassword}>
            <PasswordInput id="current-password" name="currentPassword" autoComplete="current-password" required />
          </Field>
          <Field
            label="New password"
            htmlFor="new-password"
            hint={`At least ${PASSWORD_MIN_CHARS} characters.`}
            error={fields.newPassword}
          >
            <PasswordInput id="new-password" name="newPassword" autoComplete="new-password" required />
          </Field>
        </>
      )}
    </SettingsForm>
  );
}
