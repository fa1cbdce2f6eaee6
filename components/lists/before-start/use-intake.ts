'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { isListState, type ListState } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';

/** How far the upload and the reading of a list are. */
export interface Intake {
  state: ListState;
  file: Pick<ListView['file'], 'sizeBytes' | 'receivedBytes' | 'parsedBytes' | 'rowsRead'>;
}

const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 30_000;

/** Follows a list while it is brought in, and has the page made anew when its state changes. */
export function useIntake({ id, state, file }: ListView): Intake {
  const router = useRouter();
  const [intake, setIntake] = useState<Intake>({ state, file });
  useEffect(
    () =>
      listenToIntake(`/api/lists/${id}/events`, (now) => {
        setIntake(now);
        if (now.state !== state) router.refresh();
      }),
    [id, state, router],
  );
  return intake;
}

/**
 * A browser reconnects by itself after a broken line, but gives up for good on an HTTP error (a proxy's 502 during a deploy), so that
 * case is tried again here with growing pauses. Returns the way to stop.
 */
function listenToIntake(url: string, onIntake: (intake: Intake) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = RETRY_FIRST_MS;
  const open = (): void => {
    const opened = new EventSource(url);
    source = opened;
    opened.onopen = () => (pauseMs = RETRY_FIRST_MS);
    opened.addEventListener('list', (event: MessageEvent<string>) => {
      const intake = parseIntake(event.data);
      if (intake !== null) onIntake(intake);
    });
    opened.onerror = () => {
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** What is needed here of the list in an event; null where it makes no sense. */
export function parseIntake(text: string): Intake | null {
  try {
    return toIntake(JSON.parse(text));
  } catch {
    return null;
  }
}

function toIntake(value: unknown): Intake | null {
  if (typeof value !== 'object' || value === null || !('state' in value) || !('file' in value)) return null;
  const { state, file } = value;
  if (typeof state !== 'string' || !isListState(state) || typeof file !== 'object' || file === null) return null;
  const numbers = new Map(Object.entries(file).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  const numberOf = (name: string): number => numbers.get(name) ?? 0;
  return {
    state,
    file: {
      sizeBytes: numberOf('sizeBytes'),
      receivedBytes: numberOf('receivedBytes'),
      parsedBytes: numberOf('parsedBytes'),
      rowsRead: numberOf('rowsRead'),
    },
  };
}
