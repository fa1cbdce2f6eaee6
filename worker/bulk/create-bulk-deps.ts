// What one process needs to work on lists, put together once.
import { BULK_ADDRESSES_AT_ONCE, BULK_SLOTS } from '@/lib/domain/limits';
import type { BulkDeps } from './bulk-deps';
import { Gate } from './gate';
import { Notices } from './notices';
import { Switchboard } from './switchboard';

export type BulkOptions = Pick<BulkDeps, 'verify' | 'now' | 'random' | 'log' | 'workerId'> & { slots?: number | undefined };

export function createBulkDeps(options: BulkOptions): BulkDeps {
  const { log } = options;
  return {
    ...options,
    slots: options.slots ?? BULK_SLOTS,
    board: new Switchboard(log),
    gate: new Gate(BULK_ADDRESSES_AT_ONCE),
    notices: new Notices(log),
  };
}
