'use client';

import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import type { FormAction } from '@/lib/platform/form-state';
import { TEXT_LINK } from './auth-card';
import { EmailInput } from './email-input';
import { PasswordInput } from './password-input';
import { useFormAction } from './use-form-action';

interface SignInFormProps {
  action: FormAction;
  resendAction: FormAction;
  callbackPath: string;
  email: string;
}

/** Address and password. The answer to a failed attempt never tells which of the two was wrong. */
export function SignInForm({ action, resendAction, callbackPath, email: knownEmail }: SignInFormProps) {
  const { state, isPending, formProps } = useFormAction(action);
  const email = state.typed.email ?? knownEmail;
  // The password was right, but the mailbox is not confirmed yet.
  const isUnconfirmed = state.code === 'forbidden';
  return (
    <>
      {isUnconfirmed ? (
        <UnconfirmedNotice email={email} callbackPath={callbackPath} action={resendAction} />
      ) : (
        state.message !== null && <Alert tone="danger">{state.message}</Alert>
      )}
      <form {...formProps} className="flex flex-col gap-4">
        <input type="hidden" name="callbackUrl" value={callbackPath} />
        <Field label="Email address" htmlFor="email" error={state.fields.email}>
          <EmailInput
            id="email"
            name="email"
            autoComplete="username"
            defaultValue={email}
            required
            autoFocus={knownEmail === ''}
          />
        </Field>
        <Field
          label="Password"
          htmlFor="password"
          error={state.fields.password}
          aside={
            <Link href="/forgot-password" className={TEXT_LINK}>
              Forgot your password?
            </Link>
          }
        >
          <PasswordInput id="password" name="password" autoComplete="current-password" required autoFocus={knownEmail !== ''} />
        </Field>
        <Button type="submit" loading={isPending}>
          Sign in
        </Button>
      </form>
    </>
  );
}

interface UnconfirmedNoticeProps {
  email: string;
  callbackPath: string;
  action: FormAction;
}

function UnconfirmedNotice({ email, callbackPath, action }: UnconfirmedNoticeProps) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <Alert tone="warning" title="Confirm your address first">
      <p>We mailed you a link when you signed up. {state.message}</p>
      <form {...formProps} className="mt-3">
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="callbackUrl" value={callbackPath} />
        <Button type="submit" size="sm" variant="secondary" loading={isPending}>
          Send the link again
        </Button>
      </form>
    </Alert>
  );
}
