'use client';

import { lazy, Suspense, useCallback, useEffect, useState, type SyntheticEvent } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { CONTROL_CLASS } from '@/components/ui/control-class';
import { Spinner } from '@/components/ui/spinner';
import { useEarlyChange } from '@/components/ui/use-early-change';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import { findAllowance, startFreeCheck, type Allowance, type FreeCheck } from './free-check';

// Visitors who only read never load it.
const FreeOutcome = lazy(() =>
  import('./free-outcome').then(
    (loaded) => ({ default: loaded.FreeOutcome }),
    () => ({ default: PlainOutcome }),
  ),
);

type State = { kind: 'idle' } | { kind: 'sending' } | FreeCheck;

interface FreeVerifierProps {
  initialEmail: string;
  /** The message for a form that was sent without scripts and did not start a check. */
  problem?: string | undefined;
  /** Sandbox addresses, if there is a sandbox. */
  samples: readonly string[];
  /** Checks per day, shown until the visitor's own count arrives. */
  limit: number;
}

/**
 * The verifier on the landing page: no account, and a small daily allowance. Without scripts, the browser sends the form to a separate
 * page.
 */
export function FreeVerifier({ initialEmail, problem: message, samples, limit }: FreeVerifierProps) {
  const [email, setEmail] = useState(initialEmail);
  const [state, setState] = useState<State>(message === undefined ? { kind: 'idle' } : { kind: 'bad_input', message });
  const [allowance, setAllowance] = useState<Allowance | null>(null);

  const readAllowance = useCallback(() => void findAllowance().then((found) => found !== null && setAllowance(found)), []);
  useEffect(readAllowance, [readAllowance]);

  const check = async (address: string) => {
    setEmail(address);
    if (address.trim() === '') {
      setState({ kind: 'bad_input', message: 'Type the address you want to check.' });
      return;
    }
    setState({ kind: 'sending' });
    const answer = await startFreeCheck(address.trim());
    setState(answer);
    if ('remaining' in answer && answer.remaining !== null)
      setAllowance({ remaining: answer.remaining, limit: allowance?.limit ?? limit });
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The field's own text: what was typed just before the page came alive may not have reached the state yet.
    const typed = new FormData(event.currentTarget).get('email');
    void check(typeof typed === 'string' ? typed : email);
  };
  const isBusy = state.kind === 'sending';
  const problem = state.kind === 'bad_input' || state.kind === 'unavailable' ? state : null;

  return (
    <div className="flex w-full flex-col gap-4 text-left">
      <form
        action="/check"
        method="post"
        onSubmit={submit}
        noValidate
        aria-label="Free verifier"
        className="flex max-w-2xl flex-col gap-2 sm:flex-row"
      >
        <AddressInput email={email} onChange={setEmail} isInvalid={problem?.kind === 'bad_input'} />
        <button type="submit" className={buttonClass({ size: 'lg' })} disabled={isBusy} aria-busy={isBusy || undefined}>
          {isBusy && <Spinner />}
          Verify
        </button>
      </form>
      {problem !== null && (
        <p id={ERROR_ID} role="alert" className="text-body text-danger">
          {problem.message}
        </p>
      )}
      <div className="flex flex-col gap-2 text-table text-muted">
        <p id={HINT_ID} className="tabular-nums">
          {allowanceWords(allowance, limit)}
        </p>
        <Samples samples={samples} onPick={(sample) => void check(sample)} isBusy={isBusy} />
      </div>
      {(state.kind === 'started' || state.kind === 'used_up') && (
        <Suspense fallback={<p className="text-table text-muted">Loading the timeline…</p>}>
          <FreeOutcome outcome={state} onTry={(address) => void check(address)} onFinal={readAllowance} />
        </Suspense>
      )}
    </div>
  );
}

/** Shown if the timeline's code could not be loaded. The check runs all the same and has its own page. */
function PlainOutcome({ outcome }: { outcome: Extract<FreeCheck, { kind: 'started' | 'used_up' }> }) {
  return (
    <p role="alert" className="text-body">
      {outcome.kind === 'used_up' ? (
        outcome.message
      ) : (
        <>
          The check is running, but its timeline could not be loaded.{' '}
          <a href={`/check/${outcome.view.id}`} className="text-accent underline underline-offset-2">
            Open the check on its own page
          </a>
        </>
      )}
    </p>
  );
}

const HINT_ID = 'free-allowance';
const ERROR_ID = 'free-error';

const allowanceWords = (allowance: Allowance | null, limit: number): string =>
  allowance === null
    ? `No account needed. ${limit} checks a day, free.`
    : `No account needed. ${allowance.remaining} of ${allowance.limit} free checks left today.${moreIn(allowance.resetsInS ?? null)}`;

const HOUR_S = 3_600;

function moreIn(resetsInS: number | null): string {
  if (resetsInS === null) return '';
  if (resetsInS < 1.5 * HOUR_S) return ` More in ${Math.max(1, Math.ceil(resetsInS / 60))} min.`;
  return ` More in ${Math.ceil(resetsInS / HOUR_S)} hours.`;
}

function AddressInput({ email, onChange, isInvalid }: { email: string; onChange: (email: string) => void; isInvalid: boolean }) {
  return (
    <input
      ref={useEarlyChange<HTMLInputElement>()}
      type="email"
      name="email"
      aria-label="Email address to verify"
      aria-describedby={isInvalid ? `${ERROR_ID} ${HINT_ID}` : HINT_ID}
      aria-invalid={isInvalid || undefined}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={ADDRESS_INPUT_MAX_CHARS}
      placeholder="name@example.com"
      value={email}
      onChange={(event) => onChange(event.target.value)}
      className={`${CONTROL_CLASS} h-11 px-3 font-mono text-lead`}
    />
  );
}

interface SamplesProps {
  samples: readonly string[];
  onPick: (sample: string) => void;
  isBusy: boolean;
}

function Samples({ samples, onPick, isBusy }: SamplesProps) {
  if (samples.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <p className="w-full">Or try one of our test mailboxes:</p>
      {samples.map((sample) => (
        <button
          key={sample}
          type="button"
          disabled={isBusy}
          onClick={() => onPick(sample)}
          className="h-7 max-w-full truncate rounded-control border border-hairline px-2 font-mono text-meta transition-colors hover:bg-sunken disabled:opacity-60"
        >
          {sample}
        </button>
      ))}
    </div>
  );
}
