// Follows a list for a live page or a program: hands over its present state, then each change, until nothing more happens by itself.
import { LIST_CHANNEL } from '@/lib/data/lists';
import type { Scope } from '@/lib/data/scope';
import { isSettled } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import type { Result } from '@/lib/errors';
import { followState, type Watcher } from '../follow-state';
import { getList } from './get-list';

export function watchList(scope: Scope, id: string, watcher: Watcher<ListView>): Promise<Result<() => void>> {
  const read = (): Promise<Result<ListView>> => getList(scope, id);
  return followState({ channel: LIST_CHANNEL, id, read, isLast: ({ state }) => isSettled(state) }, watcher);
}
