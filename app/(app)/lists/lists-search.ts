// Which lists the page shows, as given in the URL. Parameters that are not understood are dropped, so a mistyped link shows more lists
// instead of an error.
import type { ListStatus } from '@/lib/lists/rules/list';

export const LIST_GROUPS = {
  active: { label: 'In progress', statuses: ['uploading', 'parsing', 'queued', 'running'] },
  ready: { label: 'Ready', statuses: ['ready'] },
  paused: { label: 'Paused', statuses: ['paused'] },
  completed: { label: 'Completed', statuses: ['completed'] },
  cancelled: { label: 'Canceled', statuses: ['cancelled'] },
  failed: { label: 'Failed', statuses: ['failed'] },
  expired: { label: 'Rows deleted', statuses: ['expired'] },
} as const satisfies Record<string, { label: string; statuses: readonly ListStatus[] }>;
export type ListGroup = keyof typeof LIST_GROUPS;

export interface ListsSearch {
  status?: ListGroup | undefined;
  cursor?: string | undefined;
}

const CURSOR = /^lst_[0-9A-HJKMNP-TV-Z]{26}$/;

const isListGroup = (word: string): word is ListGroup => Object.hasOwn(LIST_GROUPS, word);

export function parseListsSearch(params: Record<string, string | string[] | undefined>): ListsSearch {
  const one = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  };
  const [status, cursor] = [one('status'), one('cursor')];
  return { status: isListGroup(status) ? status : undefined, cursor: CURSOR.test(cursor) ? cursor : undefined };
}

/** The page's address for this search. */
export function listsPath({ status, cursor }: ListsSearch): string {
  const params = new URLSearchParams();
  if (status !== undefined) params.set('status', status);
  if (cursor !== undefined) params.set('cursor', cursor);
  return params.size === 0 ? '/lists' : `/lists?${params.toString()}`;
}
