// Which lists the page shows, as it stands in the URL. What is not understood is dropped: a mistyped link shows more, not an error.
import type { ListState } from '@/lib/domain/list';

export const LIST_GROUPS = {
  active: { label: 'At work', states: ['uploading', 'parsing', 'queued', 'running'] },
  ready: { label: 'Ready', states: ['ready'] },
  paused: { label: 'Paused', states: ['paused'] },
  completed: { label: 'Completed', states: ['completed'] },
  cancelled: { label: 'Cancelled', states: ['cancelled'] },
  failed: { label: 'Failed', states: ['failed'] },
  expired: { label: 'Rows deleted', states: ['expired'] },
} as const satisfies Record<string, { label: string; states: readonly ListState[] }>;
export type ListGroup = keyof typeof LIST_GROUPS;

export interface ListsSearch {
  state?: ListGroup | undefined;
  cursor?: string | undefined;
}

const CURSOR = /^job_[0-9A-HJKMNP-TV-Z]{26}$/;

const isListGroup = (word: string): word is ListGroup => Object.hasOwn(LIST_GROUPS, word);

export function parseListsSearch(params: Record<string, string | string[] | undefined>): ListsSearch {
  const one = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  };
  const [state, cursor] = [one('state'), one('cursor')];
  return { state: isListGroup(state) ? state : undefined, cursor: CURSOR.test(cursor) ? cursor : undefined };
}

/** The address of the page with this search. */
export function listsPath({ state, cursor }: ListsSearch): string {
  const params = new URLSearchParams();
  if (state !== undefined) params.set('state', state);
  if (cursor !== undefined) params.set('cursor', cursor);
  return params.size === 0 ? '/lists' : `/lists?${params.toString()}`;
}
