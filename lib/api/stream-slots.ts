// How many live streams one client address has open in this process. A slot is given back once, however often it is asked to.
import 'server-only';
import { STREAMS_A_CLIENT } from '@/lib/domain/limits';
import { AppError } from '@/lib/errors';

declare global {
  // Next may load a module once a route; the count is one.
  var emailVerifierStreams: Map<string, number> | undefined;
}

const RETRY_AFTER_S = 5;

export function takeStreamSlot(clientKey: string): () => void {
  const open = (globalThis.emailVerifierStreams ??= new Map<string, number>());
  const count = open.get(clientKey) ?? 0;
  if (count >= STREAMS_A_CLIENT) {
    throw new AppError('rate_limited', {
      detail: `One network address can have ${STREAMS_A_CLIENT} live streams open.`,
      retryAfterS: RETRY_AFTER_S,
    });
  }
  open.set(clientKey, count + 1);
  let isTaken = true;
  return () => {
    if (!isTaken) return;
    isTaken = false;
    const left = (open.get(clientKey) ?? 1) - 1;
    if (left > 0) open.set(clientKey, left);
    else open.delete(clientKey);
  };
}
