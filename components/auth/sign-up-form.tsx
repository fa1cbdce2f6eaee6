'use client';

import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PASSWORD_MIN_CHARS } from '@/lib/platform/limits';
import type { FormAction } from '@/lib/platform/form-state';
import { EmailInput } from './email-input';
import { PasswordInput } from './password-input';
import { TermsCheckbox } from './terms-checkbox';
import { TEXT_LINK } from './auth-card';
import { useFormAction } from './use-form-action';

export function SignUpForm({ action, callbackPath }: { action: FormAction; callbackPath: string }) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <>
      <form {...formProps} className="flex flex-col gap-4">
        {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
        <input type="hidden" name="callbackUrl" value={callbackPath} />
        <Field label="Email address" htmlFor="email" error={state.fields.email}>
          <EmailInput id="email" name="email" autoComplete="username" defaultValue={state.typed.email} required autoFocus />
        </Field>
        <Field
          label="Password"
          htmlFor="password"
          hint={`At least ${PASSWORD_MIN_CHARS} characters. A few unrelated words are best.`}
          error={state.fields.password}
        >
          <PasswordInput id="password" name="password" autoComplete="new-password" required />
        </Field>
        <TermsCheckbox error={state.fields.terms} isAccepted={state.typed.terms === 'on'} />
        <Button type="submit" loading={isPending}>
          Create my account
        </Button>
      </form>
      <p className="text-body text-muted">
        Already have an account?{' '}
        <Link href={`/signin?callbackUrl=${encodeURIComponent(callbackPath)}`} className={TEXT_LINK}>
          Sign in
        </Link>
      </p>
    </>
  );
}
