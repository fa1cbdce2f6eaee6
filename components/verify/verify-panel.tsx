'use client';

import Link from 'next/link';
import { RotateCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { BreakableName } from '@/components/ui/breakable-name';
import { Button } from '@/components/ui/button';
import { useRefresh } from '@/components/ui/connection/use-refresh';
import { useServerAction } from '@/components/ui/connection/reach';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { LiveVerification } from '@/components/verification/live-verification';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import type { FormAction, FormState } from '@/lib/platform/form-state';
import { splitAddresses } from '@/lib/verdict/split-addresses';
import type { VerificationView } from '@/lib/verdict/verification';
import { SeveralAddresses } from './several-addresses';

interface VerifyPanelProps {
  action: FormAction<VerificationView>;
  initialEmail: string;
  /** Sandbox addresses, if there is a sandbox. */
  samples: readonly string[];
  /** Shown until a check is started. */
  children?: ReactNode;
}

const ADDRESS_ID = 'verify-email';

/** The form and, below it, the verification that it started. */
export function VerifyPanel({ action, initialEmail, samples, children }: VerifyPanelProps) {
  const refresh = useRefresh();
  const [email, setEmail] = useState(initialEmail);
  const { state, isBusy, onSubmit, send } = useServerAction(action);
  /** A whole paste of several addresses, which does not fit in the field. */
  const [pasted, setPasted] = useState<string | null>(null);
  const given = pasted ?? email;
  const addresses = splitAddresses(given).length;
  const check = (address: string, options: { skipMemory: boolean }) => {
    setEmail(address);
    setPasted(null);
    const form = new FormData();
    form.set('email', address);
    if (options.skipMemory) form.set('skipMemory', '1');
    send(form);
  };
  return (
    <div className="flex flex-col gap-6">
      <form onSubmit={onSubmit} aria-label="Verify an address" noValidate className="max-w-3xl">
        <Field label="Email address" htmlFor={ADDRESS_ID} error={state.fields.email}>
          <AddressInput
            email={email}
            onChange={(text) => {
              setEmail(text);
              setPasted(null);
            }}
            onPasteSeveral={(text) => {
              setEmail(text.replace(/\s+/g, ' ').trim().slice(0, ADDRESS_INPUT_MAX_CHARS));
              setPasted(text);
            }}
            isBusy={isBusy}
            isSeveral={addresses > 1}
          />
        </Field>
      </form>
      {addresses > 1 && <SeveralAddresses text={given} addresses={addresses} />}
      <Samples samples={samples} isBusy={isBusy} onPick={(sample) => check(sample, { skipMemory: false })} />
      <Refusal state={state} />
      {state.value === null && children}
      {state.value !== null && (
        <LiveVerification
          key={state.value.id}
          initial={state.value}
          eventsUrl={`/api/verifications/${state.value.id}/events`}
          audience="member"
          // The sidebar's credits change with the verdict.
          onFinal={refresh}
          aside={(view) => <DidYouMean suggestion={view.didYouMean} onTry={(address) => check(address, { skipMemory: false })} />}
          actions={(view) => (
            <ResultActions view={view} isBusy={isBusy} onVerifyAgain={() => check(view.email, { skipMemory: true })} />
          )}
        />
      )}
    </div>
  );
}

interface AddressInputProps {
  email: string;
  onChange: (email: string) => void;
  /** Keeps the lines of a paste, which a one-line field would join. */
  onPasteSeveral: (text: string) => void;
  isBusy: boolean;
  isSeveral: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

function AddressInput({ email, onChange, onPasteSeveral, isBusy, isSeveral, ...described }: AddressInputProps) {
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
        onPaste={(event) => {
          const text = event.clipboardData.getData('text');
          if (splitAddresses(text).length === 1) return;
          event.preventDefault();
          onPasteSeveral(text);
        }}
        className="font-mono"
        {...described}
      />
      <Button type="submit" loading={isBusy} disabled={isSeveral}>
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

function Refusal({ state }: { state: FormState<VerificationView> }) {
  if (state.status !== 'failed' || state.message === null) return null;
  if (state.code === 'rate_limited') {
    return (
      <Alert
        tone="warning"
        actions={
          <Button asChild variant="secondary" size="sm">
            <Link href="/usage#limits" className="no-underline!">
              See limits
            </Link>
          </Button>
        }
      >
        {state.message}
      </Alert>
    );
  }
  if (state.code !== 'insufficient_credits') return <Alert tone="danger">{state.message}</Alert>;
  return (
    <Alert
      tone="warning"
      title="You have no credits left"
      actions={
        <Button asChild size="sm">
          <Link href="/billing#packs" className="no-underline!">
            Buy credits
          </Link>
        </Button>
      }
    >
      A check sets one credit aside and gives it back when the answer turns out to be free. The{' '}
      <Link href="/dashboard">dashboard</Link> says when your next credits come, and answers of the last 24 hours are still in
      your <Link href="/verifications">history</Link>.
    </Alert>
  );
}

function ResultActions({ view, isBusy, onVerifyAgain }: { view: VerificationView; isBusy: boolean; onVerifyAgain: () => void }) {
  return (
    <>
      <Button variant="secondary" size="sm" loading={isBusy} onClick={onVerifyAgain}>
        {!isBusy && <RotateCw aria-hidden="true" className="size-3.5" />}
        Verify again · up to 1 credit
      </Button>
      <Button asChild variant="secondary" size="sm">
        <Link href={`/verifications/${view.id}`}>Permanent link</Link>
      </Button>
    </>
  );
}

/** Suggests the address that was probably meant. */
function DidYouMean({ suggestion, onTry }: { suggestion: string | null; onTry: (address: string) => void }) {
  if (suggestion === null) return null;
  return (
    <Alert tone="info">
      Did you mean{' '}
      <button type="button" className="text-left underline underline-offset-2" onClick={() => onTry(suggestion)}>
        <BreakableName name={suggestion} className="inline-block" />
      </button>
      ?
    </Alert>
  );
}
