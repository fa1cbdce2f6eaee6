'use client';

import { useEffect, useId, useState } from 'react';
import { reportConnection } from '@/components/ui/connection/connection';
import { listenToStream } from '@/components/ui/connection/listen';
import { useRefresh } from '@/components/ui/connection/use-refresh';
import { isListStatus, type ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';

/** How far the upload and the reading of a list are. */
export interface Intake {
  status: ListStatus;
  file: Pick<ListView['file'], 'sizeBytes' | 'receivedBytes' | 'parsedBytes' | 'rowsRead'>;
}

/** Follows a list while it is brought in, and has the page made anew when its status changes. */
export function useIntake({ id, status, file }: ListView): Intake {
  const refresh = useRefresh();
  const reporter = useId();
  const [intake, setIntake] = useState<Intake>({ status, file });
  useEffect(() => {
    const onData = (text: string): void => {
      const now = parseIntake(text);
      if (now === null) return;
      setIntake(now);
      if (now.status !== status) refresh();
    };
    const onLine = (isUp: boolean): void => reportConnection(reporter, isUp);
    const stop = listenToStream(`/api/lists/${id}/events`, { event: 'list', onData, onLine });
    return () => {
      stop();
      onLine(true);
    };
  }, [id, status, refresh, reporter]);
  return intake;
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
  if (typeof value !== 'object' || value === null || !('status' in value) || !('file' in value)) return null;
  const { status, file } = value;
  if (typeof status !== 'string' || !isListStatus(status) || typeof file !== 'object' || file === null) return null;
  const numbers = new Map(Object.entries(file).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  const numberOf = (name: string): number => numbers.get(name) ?? 0;
  return {
    status,
    file: {
      sizeBytes: numberOf('sizeBytes'),
      receivedBytes: numberOf('receivedBytes'),
      parsedBytes: numberOf('parsedBytes'),
      rowsRead: numberOf('rowsRead'),
    },
  };
}
