'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { FormAction } from '@/lib/platform/form-state';
import { SettingsForm } from './settings-form';

export function ProfileSection({ name, action }: { name: string; action: FormAction }) {
  return (
    <SettingsForm title="Profile" description="Your name in the workspace." label="Save" action={action}>
      {(fields) => (
        <Field label="Name" htmlFor="name" error={fields.name}>
          <Input id="name" name="name" defaultValue={name} autoComplete="name" key={name} />
        </Field>
      )}
    </SettingsForm>
  );
}
