// What a hold may set off, in its transaction: when so little is left that the workspace wants to know, the event `credits.low` and a
// mail to its owners, once a crossing; and the purchase of a pack, where it buys by itself. A crossing is over when credits come in
// again (notice-rise.ts). Most holds cost nothing here: how the workspace stands came with the hold.
import type { Scope } from '@/lib/data/scope';
import { markLow, type Standing } from '@/lib/data/standing';
import type { Tx } from '@/lib/data/transaction';
import { lowMark } from '@/lib/domain/low-balance';
import { siteLink } from '@/lib/mail/site-link';
import { enqueue } from '@/lib/queue/enqueue';
import { enqueueAutoTopUpIfDue } from '../billing/enqueue-auto-top-up';
import { emitEvent } from '../webhooks/emit-event';

export interface Fall {
  /** After the hold. */
  standing: Standing;
  /** What was held. */
  amount: number;
}

export async function noticeFall(scope: Scope, { standing, amount }: Fall, tx: Tx): Promise<void> {
  const { available, isLow, buysItself } = standing;
  if (buysItself) await enqueueAutoTopUpIfDue(scope, { before: available + amount, after: available }, tx);
  const threshold = lowMark(standing);
  if (isLow || available >= threshold) return;
  const lowAt = await markLow(scope, tx);
  if (lowAt === null) return;
  const data = { available, threshold, url: siteLink('/usage') };
  await emitEvent(scope, { type: 'credits.low', sourceKey: `credits.low:${lowAt.toISOString()}`, data }, tx);
  const job = { jobKey: `mail-low-balance:${scope.workspaceId}`, priority: 'retry' } as const;
  await enqueue('mail-low-balance', { workspaceId: scope.workspaceId }, job, tx);
}
