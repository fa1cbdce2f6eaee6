'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import type { AllowancesView } from '@/lib/lists/rules/storage';
import { LIST_ROWS_MAX } from '@/lib/platform/limits';
import type { ListView } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';
import { CancelDialog, creditsWords, useAct, type RunActions } from './list-controls';

interface PausedBannerProps {
  list: ListView;
  available: number;
  freeAnswers: AllowancesView['freeAnswers'];
  resume: RunActions['resume'];
  cancel: RunActions['cancel'];
}

/** Why a list can't continue by itself, how far it got, what is missing, and what can be done. */
export function PausedBanner(props: PausedBannerProps) {
  const { status, pauseReason } = props.list;
  if (status !== 'paused') return null;
  if (pauseReason === 'out_of_credits') return <OutOfCredits {...props} />;
  if (pauseReason === 'free_answers_used') return <FreeAnswersUsed {...props} />;
  return pauseReason === 'cap_reached' ? <CapReached {...props} /> : null;
}

const restOf = ({ progress }: ListView): number => progress.total - progress.processed;

const soFar = ({ progress }: ListView): string =>
  `${formatCount(progress.processed)} of ${formatCount(progress.total)} addresses are answered, for ${creditsWords(progress.credits.captured)}.`;

const leftWords = (rest: number): string =>
  rest === 1
    ? 'One address is left, for up to one credit'
    : `${formatCount(rest)} are left, for up to ${formatCount(rest)} credits`;

function FreeAnswersUsed({ list, freeAnswers, resume }: PausedBannerProps) {
  const { isBusy, act } = useAct();
  const { used, allowed } = freeAnswers;
  const rest = restOf(list);
  return (
    <Alert
      tone="warning"
      title="Paused: today’s free answers are used up"
      actions={
        used < allowed ? (
          <Button size="sm" loading={isBusy} onClick={() => act(() => resume({ listId: list.id, creditCap: null }))}>
            Resume
          </Button>
        ) : (
          <Button asChild variant="secondary" size="sm">
            <Link href="/billing" className="no-underline!">
              See plans
            </Link>
          </Button>
        )
      }
    >
      Your plan has {formatCount(allowed)} answers a day that cost nothing although a server was asked: unknown, catch-all and
      dead domains. The remaining {formatCount(rest)} {rest === 1 ? 'address waits' : 'addresses wait'}, and{' '}
      {rest === 1 ? 'its credit stays' : 'their credits stay'} held. The list resumes automatically at 00:00 UTC, or right after
      you move to a larger plan.
    </Alert>
  );
}

function OutOfCredits({ list, available, resume, cancel }: Omit<PausedBannerProps, 'freeAnswers'>) {
  const { isBusy, act } = useAct();
  const rest = restOf(list);
  const missing = Math.max(0, rest - list.progress.credits.held - available);
  const resumeButton = (label: string) => (
    <Button
      variant="secondary"
      size="sm"
      loading={isBusy}
      onClick={() => act(() => resume({ listId: list.id, creditCap: null }))}
    >
      {label}
    </Button>
  );
  // Credits have arrived, so the list is about to resume. Asking for more would be wrong.
  if (missing === 0) {
    return (
      <Alert
        tone="info"
        title="There are credits again: this list resumes in a moment"
        actions={
          <>
            {resumeButton('Resume now')}
            <StopHere list={list} cancel={cancel} />
          </>
        }
      >
        {soFar(list)} {leftWords(rest)}, and you have {formatCount(available)}.
      </Alert>
    );
  }
  return (
    <Alert
      tone="warning"
      title="Paused: the credits ran out"
      actions={
        <>
          <Button asChild size="sm">
            <Link href={`/billing?list=${list.id}#packs`} className="no-underline!">
              Buy credits
            </Link>
          </Button>
          {available > 0 && resumeButton(`Resume · up to ${formatCount(Math.min(rest, available))} credits`)}
          <StopHere list={list} cancel={cancel} />
        </>
      }
    >
      {soFar(list)} {leftWords(rest)}, {missing < rest ? `${formatCount(missing)} more than you have` : 'and you have none'}. Buy
      credits and the list resumes by itself, or stop here and keep the results.
    </Alert>
  );
}

interface StopHereProps extends Pick<PausedBannerProps, 'list' | 'cancel'> {
  size?: 'sm' | 'md';
}

const StopHere = ({ list, cancel, size = 'sm' }: StopHereProps) => (
  <CancelDialog list={list} cancel={cancel}>
    <Button variant="secondary" size={size}>
      Stop here
    </Button>
  </CancelDialog>
);

function CapReached({ list, available, resume, cancel }: Omit<PausedBannerProps, 'freeAnswers'>) {
  const { isBusy, act } = useAct();
  const cap = list.creditCap ?? 0;
  const [newCap, setNewCap] = useState(String(Math.min(cap + restOf(list), LIST_ROWS_MAX)));
  const isValid = /^\d+$/.test(newCap) && Number(newCap) > cap && Number(newCap) <= LIST_ROWS_MAX;
  return (
    <Alert
      tone="warning"
      title="Paused: the cap is reached"
      actions={
        available === 0 ? (
          <>
            <Button asChild size="sm">
              <Link href={`/billing?list=${list.id}#packs`} className="no-underline!">
                Buy credits
              </Link>
            </Button>
            <StopHere list={list} cancel={cancel} />
          </>
        ) : undefined
      }
    >
      <p>
        {soFar(list)} The list’s cap of {creditsWords(cap)} is used up. {leftWords(restOf(list))};{' '}
        {available === 0
          ? 'you have none. Buy credits first; then you can raise the cap here.'
          : `you have ${formatCount(available)}.`}
      </p>
      {available > 0 && (
        <form
          className="mt-3 flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid) act(() => resume({ listId: list.id, creditCap: Number(newCap) }));
          }}
        >
          <label htmlFor="new-cap" className="text-table font-medium">
            New cap
          </label>
          <Input
            id="new-cap"
            type="number"
            min={cap + 1}
            max={LIST_ROWS_MAX}
            value={newCap}
            aria-invalid={!isValid}
            onChange={(event) => setNewCap(event.target.value)}
            className="w-32"
          />
          <Button type="submit" loading={isBusy} disabled={!isValid}>
            Resume{isValid && ` · up to ${formatCount(Number(newCap) - cap)} credits`}
          </Button>
          <StopHere list={list} cancel={cancel} size="md" />
        </form>
      )}
    </Alert>
  );
}
