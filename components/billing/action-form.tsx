'use client';

import type { ReactNode } from 'react';
import { useFormAction } from '@/components/auth/use-form-action';
import { Alert } from '@/components/ui/alert';
import { Button, type ButtonProps } from '@/components/ui/button';
import type { FormAction } from '@/lib/platform/form-state';

interface ActionFormProps extends Pick<ButtonProps, 'variant' | 'size' | 'className'> {
  action: FormAction;
  /** Hidden fields that are sent with the form. */
  fields?: Readonly<Record<string, string>>;
  /** For assistive technology, when the label alone does not tell buttons apart. */
  description?: string;
  children: ReactNode;
}

/** A button for one action on the server. Its error is shown above it. */
export function ActionForm({ action, fields = {}, description, children, ...button }: ActionFormProps) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <form {...formProps} className="flex flex-col gap-2">
      {state.status === 'failed' && state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" loading={isPending} {...(description !== undefined && { 'aria-label': description })} {...button}>
        {children}
      </Button>
    </form>
  );
}
