'use client';

import { Ban, Pause, Play, RotateCw } from 'lucide-react';
import { useTransition, type ReactElement } from 'react';
import { toast } from 'sonner';
import { reach } from '@/components/ui/connection/reach';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { isUnderWay, type StartMode } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { formRefused, problemOf, type ButtonAction, type FormState } from '@/lib/platform/form-state';
import { formatCount } from '@/lib/platform/numbers';

export interface RunActions {
  pause: ButtonAction<string>;
  resume: ButtonAction<{ listId: string; creditCap: number | null }>;
  cancel: ButtonAction<string>;
  retry: ButtonAction<{ listId: string; mode: StartMode }>;
}

interface ListControlsProps {
  list: ListView;
  /** Credits that can be spent now. */
  available: number;
  actions: RunActions;
}

export function useAct(): { isBusy: boolean; act: (work: () => Promise<FormState>) => void } {
  const [isBusy, startTransition] = useTransition();
  const act = (work: () => Promise<FormState>) =>
    startTransition(async () => {
      const problem = problemOf(await reach(work, formRefused));
      if (problem !== null) toast.error(problem);
    });
  return { isBusy, act };
}

/** The actions that a started list allows in its current status. */
export function ListControls({ list, available, actions }: ListControlsProps) {
  const { isBusy, act } = useAct();
  const { status, pauseReason } = list;
  const isAtWork = status === 'queued' || status === 'running';
  // For these, the banner offers to stop.
  const hasBanner = pauseReason === 'out_of_credits' || pauseReason === 'cap_reached';
  return (
    <>
      {isAtWork && (
        <Button variant="secondary" loading={isBusy} onClick={() => act(() => actions.pause(list.id))}>
          {!isBusy && <Pause aria-hidden="true" className="size-4" />}
          Pause
        </Button>
      )}
      {status === 'paused' && pauseReason === 'by_customer' && (
        <Button loading={isBusy} onClick={() => act(() => actions.resume({ listId: list.id, creditCap: null }))}>
          {!isBusy && <Play aria-hidden="true" className="size-4" />}
          Resume
        </Button>
      )}
      {isUnderWay(status) && !(status === 'paused' && hasBanner) && <CancelButton list={list} cancel={actions.cancel} />}
      {(status === 'completed' || status === 'cancelled') && (
        <RetryButton list={list} available={available} retry={actions.retry} />
      )}
    </>
  );
}

const CancelButton = ({ list, cancel }: Pick<CancelDialogProps, 'list' | 'cancel'>) => (
  <CancelDialog list={list} cancel={cancel}>
    <Button variant="secondary">
      <Ban aria-hidden="true" className="size-4 max-sm:hidden" />
      Cancel list
    </Button>
  </CancelDialog>
);

interface CancelDialogProps {
  list: ListView;
  cancel: RunActions['cancel'];
  /** The element that opens the dialog. */
  children: ReactElement;
}

/** Says what a list loses and what it keeps if it is canceled now. */
export function CancelDialog({ list, cancel, children }: CancelDialogProps) {
  const { progress } = list;
  const left = progress.total - progress.processed;
  const held = progress.credits.held;
  return (
    <ConfirmDialog
      danger
      title="Cancel this list?"
      description={`${formatCount(left)} ${left === 1 ? 'address has' : 'addresses have'} no verdict yet and won’t be checked.${
        held > 0 ? ` ${formatCount(held)} held ${held === 1 ? 'credit goes' : 'credits go'} back at once.` : ''
      } The verdicts so far are kept.`}
      confirmLabel="Cancel list"
      keepLabel="Keep it"
      trigger={children}
      onConfirm={async () => {
        const problem = problemOf(await cancel(list.id));
        if (problem !== null) toast.error(problem);
      }}
    />
  );
}

export const creditsWords = (credits: number): string => `${formatCount(credits)} ${credits === 1 ? 'credit' : 'credits'}`;

/** Addresses with the verdict unknown and, in a canceled list, those that were never asked about. */
const openOf = ({ progress }: ListView): number => progress.counts.unknown + progress.total - progress.processed;

function RetryButton({ list, available, retry }: { list: ListView; available: number; retry: RunActions['retry'] }) {
  const open = openOf(list);
  if (open === 0) return null;
  const isEnough = list.test || available >= open;
  const words = `${formatCount(open)} ${list.status === 'cancelled' ? 'unanswered' : 'unknown'}`;
  const price = list.test ? 'free' : `up to ${creditsWords(Math.min(open, available))}`;
  return (
    <ConfirmDialog
      title={`Retry ${words}?`}
      description={
        isEnough
          ? 'Servers that couldn’t tell before may answer now. A new answer costs what it would have cost the first time; what stays unknown is free.'
          : `There ${available === 1 ? 'is' : 'are'} ${creditsWords(available)}: the list pauses when they are used up, and resumes when more come in.`
      }
      confirmLabel={`Retry · ${price}`}
      keepLabel="Not now"
      trigger={
        <Button variant="secondary" disabled={!list.test && available === 0}>
          <RotateCw aria-hidden="true" className="size-4" />
          Retry {words} · {price}
        </Button>
      }
      onConfirm={async () => {
        const problem = problemOf(await retry({ listId: list.id, mode: isEnough ? 'full' : 'until_empty' }));
        if (problem !== null) toast.error(problem);
      }}
    />
  );
}
