// A turn at the lists: takes the fairest open chunk, works on it, and goes on with the next while the turn lasts; then the token goes
// back to the queue. Running it twice, or at the same time as others, is what it is made for.
import { BULK_TURN_MS } from '@/lib/domain/limits';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { claimChunk } from '@/lib/services/lists/claim-chunk';
import { comeRoundAgain } from '@/lib/services/lists/come-round-again';
import type { BulkDeps } from '../bulk/bulk-deps';
import { runChunk } from '../bulk/run-chunk';
import type { TaskDefinition } from '../task';

export function createVerifyChunk(deps: BulkDeps): TaskDefinition<TaskPayload<'verify-chunk'>> {
  let claims = 0;
  return {
    name: 'verify-chunk',
    payload: TASK_PAYLOADS['verify-chunk'],
    run: async ({ listId, token }) => {
      const until = deps.now() + BULK_TURN_MS;
      let wasIdle = false;
      while (!deps.board.isStopped && !wasIdle && deps.now() < until) {
        const claim = await claimChunk({ claimId: `${deps.workerId}/${++claims}`, slots: deps.slots });
        if (claim) await runChunk(claim, deps);
        else wasIdle = true;
      }
      await comeRoundAgain({ listId, token, wasIdle, now: deps.now() });
    },
  };
}
