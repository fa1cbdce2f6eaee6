'use client';

import { useState } from 'react';
import type { StreamKind } from '@/components/ui/connection/listen';
import { useEventStream } from '@/components/ui/connection/use-event-stream';
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { parseList } from './is-list-view';

export const LIST_STREAM: StreamKind<ListView> = {
  event: 'list',
  parse: parseList,
  isLast: ({ status }) => isSettled(status),
};

/** The current state of the list: what the server rendered or what the stream delivered since, whichever is newer. */
export function useListStream(rendered: ListView): { list: ListView; isLineUp: boolean } {
  const [heard, setHeard] = useState(rendered);
  const [isLineUp, setLineUp] = useState(true);
  useEventStream(LIST_STREAM, {
    url: isSettled(rendered.status) ? null : `/api/lists/${rendered.id}/events`,
    isReported: true,
    onState: setHeard,
    onLine: setLineUp,
  });
  const list = heard.id === rendered.id && heard.version > rendered.version ? heard : rendered;
  return { list, isLineUp: isLineUp || isSettled(list.status) };
}
