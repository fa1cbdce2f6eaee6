'use client';

import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { startTransition, useActionState, useCallback, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { DidYouMean } from '@/components/verification/did-you-mean';
import { LiveVerification } from '@/components/verification/live-verification';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/domain/limits';
import type { VerificationView } from '@/lib/domain/verification-view';
import type { VerifyAction, VerifyState } from './verify-state';

interface VerifyPanelProps {
  action: VerifyAction;
  initialEmail: string;
  /** Sandbox addresses, where there is a sandbox. */
  samples: readonly string[];
}

const ADDRESS_ID = 'verify-email';

/** The form and, under it, the verification that it started. */
export function VerifyPanel({ action, initialEmail, samples }: VerifyPanelProps) {
  const router = useRouter();
  const [email, setEmail] = useState(initialEmail);
  const [state, submit, isBusy] = useActionState<VerifyState, FormData>(action, { kind: 'idle' });
  const check = (address: string, options: { afresh: boolean }) => {
    setEmail(address);
    const form = new FormData();
    form.set('email', address);
    if (options.afresh) form.set('afresh', '1');
    startTransition(() => submit(form));
  };
  // The sidebar's credits change when the verdict lands.
  const refresh = useCallback(() => router.refresh(), [router]);
  return (
    <div className="flex flex-col gap-6">
      <form action={submit} aria-label="Verify an address" noValidate>
        <Field
          label="E-mail address"
          htmlFor={ADDRESS_ID}
          error={state.kind === 'refused' && state.problem === 'bad_input' ? state.message : null}
        >
          <AddressInput email={email} onChange={setEmail} isBusy={isBusy} />
        </Field>
      </form>
      <Samples samples={samples} isBusy={isBusy} onPick={(sample) => check(sample, { afresh: false })} />
      <Refusal state={state} />
      {state.kind === 'started' && (
        <LiveVerification
          key={state.view.id}
          initial={state.view}
          eventsUrl={`/api/verifications/${state.view.id}/events`}
          audience="member"
          onFinal={refresh}
          aside={(view) => <DidYouMean suggestion={view.didYouMean} onTry={(address) => check(address, { afresh: false })} />}
          actions={(view) => <ResultActions view={view} isBusy={isBusy} onAfresh={() => check(view.email, { afresh: true })} />}
        />
      )}
    </div>
  );
}

interface AddressInputProps {
  email: string;
  onChange: (email: string) => void;
  isBusy: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

function AddressInput({ email, onChange, isBusy, ...described }: AddressInputProps) {
  return (
    <div className="flex flex-col gap-2 sm:flex-row">
      <Input
        id={ADDRESS_ID}
        type="email"
        name="email"
        required
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={ADDRESS_INPUT_MAX_CHARS}
        placeholder="name@example.com"
        value={email}
        onChange={(event) => onChange(event.target.value)}
        className="font-mono"
        {...described}
      />
      <Button type="submit" loading={isBusy}>
        Verify · up to 1 credit
      </Button>
    </div>
  );
}

function Samples({ samples, isBusy, onPick }: { samples: readonly string[]; isBusy: boolean; onPick: (sample: string) => void }) {
  if (samples.length === 0) return null;
  return (
    <div className="-mt-3 flex flex-wrap items-center gap-1.5 text-table text-muted">
      <p className="w-full">
        Sandbox addresses to try, or{' '}
        <Link href="/sandbox" className="text-accent underline underline-offset-2">
          see all of them
        </Link>
        :
      </p>
      {samples.map((sample) => (
        <Button
          key={sample}
          variant="secondary"
          size="sm"
          disabled={isBusy}
          onClick={() => onPick(sample)}
          className="max-w-full px-2 font-mono text-meta text-muted"
        >
          <span className="truncate">{sample}</span>
        </Button>
      ))}
    </div>
  );
}

function Refusal({ state }: { state: VerifyState }) {
  if (state.kind !== 'refused' || state.problem === 'bad_input') return null;
  if (state.problem !== 'no_credits') return <Alert tone="danger">{state.message}</Alert>;
  return (
    <Alert tone="warning" title="There is no credit left for this check">
      A check sets one credit aside and gives it back when the answer turns out to be free. Your next monthly grant is dated on
      the <Link href="/dashboard">dashboard</Link>. Answers of the last 24 hours are still in your{' '}
      <Link href="/verifications">history</Link>.
    </Alert>
  );
}

function ResultActions({ view, isBusy, onAfresh }: { view: VerificationView; isBusy: boolean; onAfresh: () => void }) {
  return (
    <>
      <Button variant="secondary" size="sm" loading={isBusy} onClick={onAfresh}>
        {!isBusy && <RotateCw aria-hidden="true" className="size-3.5" />}
        Verify afresh · up to 1 credit
      </Button>
      <Button asChild variant="secondary" size="sm">
        <Link href={`/verifications/${view.id}`}>Permanent link</Link>
      </Button>
    </>
  );
}
