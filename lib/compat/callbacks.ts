// What a callback says, in the form of the service whose call named it: which of our events that service tells of, and the body. The body is
// made for each attempt, because a link in it works for minutes only.
import { getList } from '@/lib/lists/read';
import { numberOfId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import type { Callback, CallbackService, EmittedEventType } from '@/lib/webhooks/rules';
import { emailableBatch } from './emailable-batch';
import { kickboxBatch } from './kickbox-batch';
import { zeroBounceCallback } from './rules/zerobounce';

/** developers.neverbounce.com/reference/job-callbacks; those that stand for nothing here (samples, reviews) are left out. */
const NEVERBOUNCE_EVENTS: ReadonlyMap<string, string> = new Map<EmittedEventType, string>([
  ['list.ready', 'job_parsing_finished'],
  ['list.progress', 'job_stats_updated'],
  ['list.completed', 'job_run_finished'],
  ['list.failed', 'job_failed'],
]);

const AT_THE_END = ['list.completed', 'list.failed'] as const;

export const CALLBACK_EVENTS: Readonly<Record<CallbackService, readonly EmittedEventType[]>> = {
  zerobounce: AT_THE_END,
  neverbounce: ['list.ready', 'list.progress', ...AT_THE_END],
  kickbox: AT_THE_END,
  emailable: AT_THE_END,
};

/** Null: the list is gone, so there is nothing to tell. */
export async function callbackBody(scope: Scope, { listId, service }: Callback, eventType: string): Promise<unknown> {
  const found = await getList(scope, listId);
  if (!found.ok) return null;
  const list = found.value;
  switch (service) {
    case 'zerobounce':
      return zeroBounceCallback(list);
    case 'neverbounce':
      return { job_id: numberOfId(list.id), event: NEVERBOUNCE_EVENTS.get(eventType) };
    case 'kickbox':
      return kickboxBatch(scope, list);
    case 'emailable':
      return emailableBatch(scope, list);
  }
}
