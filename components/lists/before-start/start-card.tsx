'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useServerAction } from '@/components/ui/connection/reach';
import { Input } from '@/components/ui/input';
import { RadioCard } from '@/components/ui/radio-card';
import type { StartMode } from '@/lib/lists/rules/list';
import type { ListQuote } from '@/lib/lists/rules/view';
import { problemOf, type FormAction } from '@/lib/platform/form-state';
import { formatCount } from '@/lib/platform/numbers';
import { priceOf, startLabel } from './start-price';

interface StartCardProps {
  listId: string;
  quote: ListQuote;
  /** Lists of test keys are free. */
  isFree: boolean;
  available: number;
  /** The page where credits can be bought. */
  buyHref: string;
  action: FormAction;
}

/** The final look at the price, and the start button. */
export function StartCard({ listId, quote, isFree, available, buyHref, action }: StartCardProps) {
  const maxCredits = isFree ? 0 : quote.maxCredits;
  const { state, isBusy, onSubmit } = useServerAction(action);
  const problem = problemOf(state);
  const [mode, setMode] = useState<StartMode>(maxCredits > available ? 'until_empty' : 'full');
  const [capText, setCapText] = useState('');
  const cap = /^[1-9]\d{0,6}$/.test(capText) ? Number(capText) : null;
  const { upTo, missing } = priceOf({ mode, cap }, { maxCredits, available });
  const short = Math.max(0, maxCredits - available);
  return (
    <Card title="Start" className="lg:self-start">
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <input type="hidden" name="listId" value={listId} />
        {maxCredits === 0 ? (
          <input type="hidden" name="mode" value="full" />
        ) : (
          <>
            <Balance available={available} short={short} buyHref={buyHref} />
            <fieldset className="flex flex-col gap-2">
              <legend className="sr-only">How to start</legend>
              <RadioCard
                name="mode"
                value="full"
                label="In full"
                hint={`Holds ${formatCount(maxCredits)} credits, and releases what is not charged.`}
                checked={mode === 'full'}
                onChange={() => setMode('full')}
              />
              <RadioCard
                name="mode"
                value="until_empty"
                label="Until the credits run out"
                hint="Pauses when they run out, and resumes when you buy more."
                checked={mode === 'until_empty'}
                onChange={() => setMode('until_empty')}
              />
            </fieldset>
            {mode === 'until_empty' && <CapField value={capText} onChange={setCapText} />}
          </>
        )}
        {problem !== null && <Alert tone="danger">{problem}</Alert>}
        {mode === 'until_empty' && missing > 0 ? (
          <Button asChild className="h-auto min-h-9 py-2 text-center whitespace-normal">
            <Link href={buyHref}>Buy credits to start</Link>
          </Button>
        ) : (
          <Button
            type="submit"
            loading={isBusy}
            disabled={missing > 0}
            className="h-auto min-h-9 py-2 text-center whitespace-normal"
          >
            {startLabel(quote.unique, upTo)}
          </Button>
        )}
        <p className="text-table text-muted">
          {isFree
            ? 'This list was made with a test key: no mail server is asked, and nothing is charged.'
            : 'Unknown answers, wrong syntax, dead domains and catch-all domains are free.'}
        </p>
      </form>
    </Card>
  );
}

function Balance({ available, short, buyHref }: { available: number; short: number; buyHref: string }) {
  return (
    <div className="text-body">
      <p>
        You have <span className="font-semibold tabular-nums">{formatCount(available)}</span>{' '}
        {available === 1 ? 'credit' : 'credits'}.
      </p>
      {short > 0 && (
        <p className="mt-1 text-warning">
          You need {formatCount(short)} more to verify all of it.{' '}
          <Link href={buyHref} className="font-medium underline underline-offset-2">
            Buy credits
          </Link>
        </p>
      )}
    </div>
  );
}

function CapField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-body">
      <label htmlFor="credit-cap">Spend at most</label>
      <Input
        id="credit-cap"
        name="creditCap"
        inputMode="numeric"
        pattern="[1-9][0-9]{0,6}"
        title="A whole number from 1"
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, ''))}
        placeholder="all"
        autoComplete="off"
        className="w-24 tabular-nums"
      />
      <span>credits</span>
    </div>
  );
}
