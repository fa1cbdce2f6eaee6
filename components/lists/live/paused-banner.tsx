'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { LIST_ROWS_MAX } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { count } from '../list-progress';
import { useAct, type RunActions } from './list-controls';

interface PausedBannerProps {
  list: ListView;
  available: number;
  resume: RunActions['resume'];
}

/** Why a list can't go on by itself, what is missing, and the ways out. */
export function PausedBanner({ list, available, resume }: PausedBannerProps) {
  if (list.state !== 'paused') return null;
  if (list.pauseReason === 'out_of_credits') return <OutOfCredits list={list} available={available} resume={resume} />;
  if (list.pauseReason === 'cap_reached') return <CapReached list={list} available={available} resume={resume} />;
  return null;
}

const restOf = ({ progress }: ListView): number => progress.total - progress.processed;

function OutOfCredits({ list, available, resume }: PausedBannerProps) {
  const { isBusy, act } = useAct();
  const rest = restOf(list);
  const missing = Math.max(0, rest - list.progress.credits.held - available);
  return (
    <Alert
      tone="warning"
      title="Paused: the credits ran out"
      actions={
        <>
          {missing > 0 && (
            <Button asChild size="sm">
              <Link href="/billing" className="no-underline!">
                Buy credits
              </Link>
            </Button>
          )}
          {available > 0 && (
            <Button variant="secondary" size="sm" loading={isBusy} onClick={() => act(() => resume(list.id, null))}>
              Resume · up to {count(Math.min(rest, available))} credits
            </Button>
          )}
        </>
      }
    >
      {count(rest)} addresses are left, which can cost up to as many credits. You have {count(available)}
      {missing > 0 ? `; up to ${count(missing)} are missing` : ''}. The list goes on by itself when credits come in.
    </Alert>
  );
}

function CapReached({ list, available, resume }: PausedBannerProps) {
  const { isBusy, act } = useAct();
  const cap = list.creditCap ?? 0;
  const [newCap, setNewCap] = useState(String(Math.min(cap + restOf(list), LIST_ROWS_MAX)));
  const isValid = /^\d+$/.test(newCap) && Number(newCap) > cap && Number(newCap) <= LIST_ROWS_MAX;
  return (
    <Alert tone="warning" title="Paused: the cap is reached">
      <p>
        This list may cost {count(cap)} credits, and that is used up. {count(restOf(list))} addresses are left; you have{' '}
        {count(available)} credits.
      </p>
      <form
        className="mt-3 flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) act(() => resume(list.id, Number(newCap)));
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
          Resume{isValid && ` · up to ${count(Number(newCap) - cap)} credits`}
        </Button>
      </form>
    </Alert>
  );
}
