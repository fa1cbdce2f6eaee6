import type { ReactNode } from 'react';
import { LocalTime } from '@/components/ui/local-time';
import type { ListView } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';
import { PAUSE_SENTENCE } from '../list-status-copy';

/** What a started list is doing, in one sentence. */
export function ListSentence({ list }: { list: ListView }): ReactNode {
  const { status, progress, pauseReason } = list;
  const done = `${formatCount(progress.processed)} of ${formatCount(progress.total)} addresses have a verdict`;
  switch (status) {
    case 'queued':
      return progress.processed === 0
        ? 'Waiting for its turn; its mail hosts are looked up first.'
        : `Waiting for its turn. ${done}.`;
    case 'running':
      return <Running list={list} done={done} />;
    case 'paused':
      // The banner above explains every other reason for a pause.
      return `${pauseReason === 'by_customer' || pauseReason === 'closing' ? PAUSE_SENTENCE[pauseReason] : 'Paused'}. ${done}.`;
    case 'completed':
      return (
        <>
          All {formatCount(progress.total)} addresses have a verdict
          {list.finishedAt !== null && (
            <>
              , since <LocalTime iso={list.finishedAt} show="both" />
            </>
          )}
          .
        </>
      );
    case 'cancelled':
      return `Canceled. ${done}; the rest were not checked and cost nothing.`;
    case 'expired':
      return (
        <>
          The rows were deleted
          {list.expiresAt !== null && (
            <>
              {' '}
              on <LocalTime iso={list.expiresAt} show="date" />
            </>
          )}
          . The totals are kept.
        </>
      );
    case 'failed':
      return `Stopped by an error on our side: ${list.failureDetail ?? 'it can’t go on'} ${done}; the rest costs nothing.`;
    default:
      return null;
  }
}

function Running({ list: { progress }, done }: { list: ListView; done: string }) {
  const { retrying, retryingUntil, total, processed } = progress;
  if (retrying === 0 || retryingUntil === null) return `${done}.`;
  const until = <LocalTime iso={retryingUntil} />;
  // Nobody knows when these get their verdict: an address that fails again waits again.
  const again = `${formatCount(retrying)} will be asked again`;
  if (total - processed <= retrying) {
    return (
      <>
        {again} by {until}: {retrying === 1 ? 'its server' : 'their servers'} told us to come back later, or did not answer yet.
        All others have a verdict.
      </>
    );
  }
  return (
    <>
      {done}; {again} by {until}.
    </>
  );
}
