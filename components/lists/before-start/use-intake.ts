'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { isListState, type ListState } from '@/lib/domain/list';

/** How far the upload and the reading of a list are. */
export interface Intake {
  state: ListState;
  sizeBytes: number;
  receivedBytes: number;
  parsedBytes: number;
}

const EVERY_MS = 1_000;

/** Asks how far the list is while somebody looks, and has the page made anew when its state changes. */
export function useIntake(listId: string, initial: Intake): Intake {
  const router = useRouter();
  const [intake, setIntake] = useState(initial);
  useEffect(() => {
    const stop = new AbortController();
    const look = async () => {
      if (document.visibilityState !== 'visible') return;
      const now = await readIntake(listId, stop.signal);
      if (now === null || stop.signal.aborted) return;
      setIntake(now);
      if (now.state !== initial.state) router.refresh();
    };
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [listId, initial.state, router]);
  return intake;
}

/** Null while the server can't be reached: the last news stays on the page. */
async function readIntake(listId: string, signal: AbortSignal): Promise<Intake | null> {
  try {
    const response = await fetch(`/api/lists/${listId}`, { signal });
    return response.ok ? toIntake(await response.json()) : null;
  } catch {
    return null;
  }
}

function toIntake(value: unknown): Intake | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('state' in value && 'sizeBytes' in value && 'receivedBytes' in value && 'parsedBytes' in value)) return null;
  const { state, sizeBytes, receivedBytes, parsedBytes } = value;
  if (typeof state !== 'string' || !isListState(state)) return null;
  if (typeof sizeBytes !== 'number' || typeof receivedBytes !== 'number' || typeof parsedBytes !== 'number') return null;
  return { state, sizeBytes, receivedBytes, parsedBytes };
}
