// The address that a call names for the end of the list it makes. It is known before the list is there, and forgotten if the list was not made.
import 'server-only';
import { z } from 'zod';
import type { Attempt } from '@/lib/platform/idempotency';
import { AppError } from '@/lib/platform/errors';
import { createCallback, dropCallback } from '@/lib/webhooks/callbacks';
import type { CallbackService } from '@/lib/webhooks/rules';
import { CALLBACK_EVENTS } from '../callbacks';
import { blankAsMissing, type CompatCall } from './call';

/** What clients send for no callback is taken for none. */
export const callbackUrl = z.preprocess(
  (value) => (value === false || value === 'false' ? undefined : blankAsMissing(value)),
  z.string('must be a URL').optional(),
);

export interface AskedCallback {
  service: CallbackService;
  /** Its name in the call. */
  field: string;
  url: string | undefined;
  headers?: Readonly<Record<string, string>>;
}

export async function withCallback<T>(
  { holder, resourceId: listId }: CompatCall & Attempt,
  { service, field, url, headers = {} }: AskedCallback,
  makeList: () => Promise<T>,
): Promise<T> {
  if (url === undefined) return makeList();
  try {
    await createCallback(holder.scope, { listId, service, url, headers, events: CALLBACK_EVENTS[service] });
  } catch (error) {
    throw error instanceof AppError && error.code === 'invalid_request'
      ? new AppError('invalid_request', { detail: `${field}: ${error.message}` })
      : error;
  }
  try {
    return await makeList();
  } catch (error) {
    await dropCallback(holder.scope, listId);
    throw error;
  }
}
