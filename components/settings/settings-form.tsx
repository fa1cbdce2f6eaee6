'use client';

import type { ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useFormAction } from '@/components/auth/use-form-action';
import type { FormAction, FormState } from '@/lib/platform/form-state';

interface SettingsFormProps {
  title: string;
  description: ReactNode;
  label: string;
  action: FormAction;
  danger?: boolean;
  /** Shows the fields, but nothing can be changed. */
  isReadOnly?: boolean;
  /** Renders the fields; receives the field errors of the last submit. */
  children: (fields: FormState['fields']) => ReactNode;
}

/** One section of the settings: a card with fields, a button and the outcome. */
export function SettingsForm({
  title,
  description,
  label,
  action,
  danger = false,
  isReadOnly = false,
  children,
}: SettingsFormProps) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <Card title={title} description={description}>
      <form {...formProps} className="flex max-w-md flex-col gap-4">
        {state.message !== null && <Alert tone={state.status === 'done' ? 'success' : 'danger'}>{state.message}</Alert>}
        <fieldset disabled={isReadOnly} className="contents">
          {children(state.fields)}
        </fieldset>
        {!isReadOnly && (
          <Button type="submit" variant={danger ? 'danger' : 'secondary'} loading={isPending} className="self-start">
            {label}
          </Button>
        )}
      </form>
    </Card>
  );
}
