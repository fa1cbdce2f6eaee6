'use client';

import { EmailInput } from '@/components/auth/email-input';
import { Field } from '@/components/ui/field';
import type { FormAction } from '@/lib/schemas/form-state';
import { SettingsForm } from './settings-form';

interface DeleteAccountSectionProps {
  email: string;
  workspaceName: string;
  action: FormAction;
}

export function DeleteAccountSection({ email, workspaceName, action }: DeleteAccountSectionProps) {
  const description = `Deletes you and, where nobody else is a member, ${workspaceName} with its verifications, keys and credits. This can't be undone.`;
  return (
    <SettingsForm title="Delete the account" description={description} label="Delete my account" action={action} danger>
      {(fields) => (
        <Field
          label={
            <>
              Type <span className="font-mono break-all">{email}</span> to confirm
            </>
          }
          htmlFor="typed-email"
          error={fields.typedEmail}
        >
          <EmailInput id="typed-email" name="typedEmail" autoComplete="off" required />
        </Field>
      )}
    </SettingsForm>
  );
}
