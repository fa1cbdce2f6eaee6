'use client';

import { signIn } from 'next-auth/react';
import Link from 'next/link';
import { useState, useTransition, type SyntheticEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { isServerThere } from '@/components/ui/connection/connection';
import { Field } from '@/components/ui/field';
import type { FormAction } from '@/lib/platform/form-state';
import { TEXT_LINK } from './auth-card';
import { EmailInput } from './email-input';
import { PasswordInput } from './password-input';
import { signInProblem, type SignInProblem } from './sign-in-problem';
import { useFormAction } from './use-form-action';

interface SignInFormProps {
  callbackPath: string;
  email: string;
  resendAction: FormAction;
}

/** Address and password. The answer to a failed attempt never tells which of the two was wrong. */
export function SignInForm({ callbackPath, email: knownEmail, resendAction }: SignInFormProps) {
  const [email, setEmail] = useState(knownEmail);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const [isPending, startTransition] = useTransition();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      // If next-auth can't reach us, it leaves the page for its own error page, so check first.
      if (!(await isServerThere())) return setProblem(signInProblem('unavailable'));
      const answer = await signIn('credentials', {
        redirect: false,
        email: form.get('email'),
        password: form.get('password'),
      }).catch(() => 'unreachable' as const);
      if (answer === 'unreachable') return setProblem(signInProblem(answer));
      if (answer?.ok !== true || answer.error) return setProblem(signInProblem(answer?.error ?? null));
      // Load a whole page, so that nothing made for a visitor stays. The button is busy until this page is gone.
      window.location.assign(callbackPath);
      return new Promise<void>(() => undefined);
    });
  };
  return (
    <>
      {problem?.isUnconfirmed === true ? (
        <UnconfirmedNotice email={email} action={resendAction} />
      ) : (
        problem !== null && <Alert tone="danger">{problem.message}</Alert>
      )}
      <form onSubmit={submit} method="post" noValidate className="flex flex-col gap-4">
        <Field label="Email address" htmlFor="email">
          <EmailInput
            id="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            required
            autoFocus={knownEmail === ''}
          />
        </Field>
        <Field
          label="Password"
          htmlFor="password"
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

function UnconfirmedNotice({ email, action }: { email: string; action: FormAction }) {
  const { state, isPending, formProps } = useFormAction(action);
  return (
    <Alert tone="warning" title="Confirm your address first">
      <p>We mailed you a link when you signed up. {state.message}</p>
      <form {...formProps} className="mt-3">
        <input type="hidden" name="email" value={email} />
        <Button type="submit" size="sm" variant="secondary" loading={isPending}>
          Send the link again
        </Button>
      </form>
    </Alert>
  );
}
