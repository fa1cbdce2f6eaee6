// How many exports of a workspace are under way in this process. A slot is given back once, however often it is asked to.
import 'server-only';
import { EXPORTS_AT_ONCE_A_WORKSPACE } from '@/lib/domain/limits';
import { AppError } from '@/lib/errors';

declare global {
  // Next may load a module once a route; the count is one.
  var emailVerifierExports: Map<string, number> | undefined;
}

const RETRY_AFTER_S = 10;

export function takeExportSlot(workspaceId: string): () => void {
  const open = (globalThis.emailVerifierExports ??= new Map<string, number>());
  const count = open.get(workspaceId) ?? 0;
  if (count >= EXPORTS_AT_ONCE_A_WORKSPACE) {
    throw new AppError('rate_limited', {
      detail: `${EXPORTS_AT_ONCE_A_WORKSPACE} exports of this workspace are under way; wait until one of them is done.`,
      retryAfterS: RETRY_AFTER_S,
    });
  }
  open.set(workspaceId, count + 1);
  let isTaken = true;
  return () => {
    if (!isTaken) return;
    isTaken = false;
    const left = (open.get(workspaceId) ?? 1) - 1;
    if (left > 0) open.set(workspaceId, left);
    else open.delete(workspaceId);
  };
}
