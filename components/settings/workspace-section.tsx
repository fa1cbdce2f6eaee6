'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { POLICY_COPY, PolicyOptions } from '@/components/verification/policy-options';
import type { FormAction } from '@/lib/platform/form-state';
import { isPolicyName, type PolicyName } from '@/lib/verdict/verdict';
import { SettingsForm } from './settings-form';

interface WorkspaceSectionProps {
  name: string;
  policy: PolicyName;
  /** Only owners may change it. */
  mayChange: boolean;
  action: FormAction;
}

/** The workspace's name, and what its verdicts recommend unless a check or a list says otherwise. */
export function WorkspaceSection({ name, policy, mayChange, action }: WorkspaceSectionProps) {
  const [chosen, setChosen] = useState(policy);
  return (
    <SettingsForm
      title="Workspace"
      description="Its lists, keys, credits and plan belong together. Only an owner can change this."
      label="Save"
      action={action}
      isReadOnly={!mayChange}
    >
      {(fields) => (
        <>
          <Field label="Workspace name" htmlFor="workspaceName" error={fields.workspaceName}>
            <Input id="workspaceName" name="workspaceName" defaultValue={name} autoComplete="organization" key={name} />
          </Field>
          <Field
            label="What the addresses are for"
            htmlFor="policy"
            hint={`${POLICY_COPY[chosen].hint} A list or an API call can say otherwise.`}
            error={fields.policy}
          >
            <Select
              id="policy"
              name="policy"
              value={chosen}
              onChange={({ target: { value } }) => isPolicyName(value) && setChosen(value)}
            >
              <PolicyOptions />
            </Select>
          </Field>
        </>
      )}
    </SettingsForm>
  );
}
