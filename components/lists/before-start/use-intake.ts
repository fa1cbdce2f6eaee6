'use client';

import { useState } from 'react';
import type { StreamKind } from '@/components/ui/connection/listen';
import { useEventStream } from '@/components/ui/connection/use-event-stream';
import { useRefresh } from '@/components/ui/connection/use-refresh';
import { isListStatus, type ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';

/** How far a list has been uploaded and read. */
export interface Intake {
  status: ListStatus;
  file: Pick<ListView['file'], 'sizeBytes' | 'receivedBytes' | 'parsedBytes' | 'rowsRead'>;
}

const INTAKE_STREAM: StreamKind<Intake> = { event: 'list', parse: parseIntake, isLast: () => false };

/** Follows a list while it is uploaded and read, and refreshes the page when its status changes. */
export function useIntake({ id, status, file }: ListView): Intake {
  const refresh = useRefresh();
  const [intake, setIntake] = useState<Intake>({ status, file });
  useEventStream(INTAKE_STREAM, {
    url: `/api/lists/${id}/events`,
    isReported: true,
    onState: (now) => {
      setIntake(now);
      if (now.status !== status) refresh();
    },
    onLine: () => undefined,
  });
  return intake;
}

/** The parts of an event's list that are needed here; null if the text is not a list. */
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
