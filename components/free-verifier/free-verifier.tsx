'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useEffect, useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import { DidYouMean } from '@/components/verification/did-you-mean';
import { ADDRESS_INPUT_MAX_CHARS, FREE_PLAN_CREDITS_A_MONTH } from '@/lib/domain/limits';
import type { VerificationView } from '@/lib/domain/verification-view';
import { findAllowance, startFreeCheck, type Allowance, type FreeCheck } from './free-check';

// The timeline is more code than the form; a visitor who only reads never loads it.
const LiveVerification = dynamic(() => import('@/components/verification/live-verification').then((loaded) => loaded.LiveVerification), {
  ssr: false,
  loading: () => <Skeleton className="h-64 w-full" />,
});

type State = { kind: 'idle' } | { kind: 'sending' } | FreeCheck;

const LABEL = 'E-mail address to verify';
const HINT_ID = 'free-allowance';
const ERROR_ID = 'free-error';

/** The verifier on the landing page: no account, a small allowance a day. `samples` are sandbox addresses, where there is a sandbox. */
export function FreeVerifier({ samples, limit }: { samples: readonly string[]; limit: number }) {
  const [email, setEmail] = useState('');
  const [state, setState] = useState<State>({ kind: 'idle' });
  const [allowance, setAllowance] = useState<Allowance | null>(null);

  useEffect(() => {
    const wanted = new URLSearchParams(window.location.search).get('email');
    if (wanted !== null) setEmail(wanted.slice(0, ADDRESS_INPUT_MAX_CHARS));
    void findAllowance().then(setAllowance);
  }, []);

  const check = async (address: string) => {
    setEmail(address);
    if (address.trim() === '') {
      setState({ kind: 'bad_input', message: 'Type the address you want to check.' });
      return;
    }
    setState({ kind: 'sending' });
    const answer = await startFreeCheck(address.trim());
    setState(answer);
    if ('remaining' in answer && answer.remaining !== null) setAllowance({ remaining: answer.remaining, limit: allowance?.limit ?? limit });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void check(email);
  };
  const isRefused = state.kind === 'bad_input';

  return (
    <div className="flex w-full flex-col gap-4 text-left">
      <form onSubmit={submit} noValidate aria-label="Free verifier" className="flex flex-col gap-2 sm:flex-row">
        <Input
          type="email"
          name="email"
          aria-label={LABEL}
          aria-describedby={isRefused ? `${ERROR_ID} ${HINT_ID}` : HINT_ID}
          aria-invalid={isRefused || undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={ADDRESS_INPUT_MAX_CHARS}
          placeholder="name@example.com"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          className="h-11 font-mono text-lead"
        />
        <Button type="submit" size="lg" loading={state.kind === 'sending'}>
          Verify
        </Button>
      </form>
      <Refusal state={state} />
      <div className="flex flex-col gap-2 text-table text-muted">
        <p id={HINT_ID} className="tabular-nums">
          {allowanceWords(allowance, limit)}
        </p>
        <Samples samples={samples} onPick={(sample) => void check(sample)} isBusy={state.kind === 'sending'} />
      </div>
      {state.kind === 'started' && <FreeResult key={state.view.id} view={state.view} onTry={(address) => void check(address)} />}
    </div>
  );
}

const allowanceWords = (allowance: Allowance | null, limit: number): string =>
  allowance === null
    ? `No account needed. ${limit} checks a day, free.`
    : `No account needed. ${allowance.remaining} of ${allowance.limit} free checks left today.`;

function Refusal({ state }: { state: State }) {
  if (state.kind === 'bad_input') {
    return (
      <p id={ERROR_ID} role="alert" className="text-table text-danger">
        {state.message}
      </p>
    );
  }
  if (state.kind === 'unavailable') return <Alert tone="danger">{state.message}</Alert>;
  if (state.kind !== 'used_up') return null;
  return (
    <Alert
      tone="info"
      title={state.message}
      actions={
        <Button asChild size="sm">
          <Link href="/signup">Sign up free</Link>
        </Button>
      }
    >
      With a free account you get {FREE_PLAN_CREDITS_A_MONTH} credits a month, a history and an API key.
    </Alert>
  );
}

function Samples({ samples, onPick, isBusy }: { samples: readonly string[]; onPick: (sample: string) => void; isBusy: boolean }) {
  if (samples.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <p className="w-full">Or try a sandbox address:</p>
      {samples.map((sample) => (
        <Button key={sample} variant="secondary" size="sm" disabled={isBusy} onClick={() => onPick(sample)} className="max-w-full px-2 font-mono text-meta text-muted">
          <span className="truncate">{sample}</span>
        </Button>
      ))}
    </div>
  );
}

function FreeResult({ view, onTry }: { view: VerificationView; onTry: (address: string) => void }) {
  return (
    <LiveVerification
      initial={view}
      eventsUrl={`/api/free/verifications/${view.id}/events`}
      audience="visitor"
      aside={({ didYouMean }) => <DidYouMean suggestion={didYouMean} onTry={onTry} />}
    />
  );
}
