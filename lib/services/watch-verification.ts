// Follows a verification for a live page: hands over its present state, then each change, until it is final. Promises that
// states come in order, that several changes during one read are one, and that nothing is called after the unsubscribe.
import type { Scope } from '@/lib/data/scope';
import { VERIFICATION_CHANNEL } from '@/lib/data/verification-work';
import type { VerificationView } from '@/lib/domain/verification-view';
import { ok, type Result } from '@/lib/errors';
import { onNotification } from '@/lib/queue/listen';
import { getVerification } from './get-verification';

export interface VerificationWatcher {
  visitorKey?: string | null | undefined;
  onChange: (view: VerificationView) => void;
  /** The state could not be read; nothing follows. */
  onError: (error: unknown) => void;
}

export async function watchVerification(scope: Scope, id: string, watcher: VerificationWatcher): Promise<Result<() => void>> {
  const state = { isOver: false, isReading: true, isStale: false };
  const stop = (): void => {
    state.isOver = true;
    subscription.close();
  };
  const hand = (view: VerificationView): void => {
    if (state.isOver) return;
    if (view.status !== 'pending') stop();
    watcher.onChange(view);
  };
  const follow = async (): Promise<void> => {
    state.isReading = true;
    while (state.isStale && !state.isOver) {
      state.isStale = false;
      const result = await getVerification(scope, id, watcher);
      if (!result.ok) throw result.error;
      hand(result.value);
    }
    state.isReading = false;
  };
  const look = (): void => {
    state.isStale = true;
    if (state.isReading || state.isOver) return;
    follow().catch((error: unknown) => {
      if (state.isOver) return;
      stop();
      watcher.onError(error);
    });
  };
  const subscription = onNotification(VERIFICATION_CHANNEL, id, look);

  try {
    const first = await getVerification(scope, id, watcher);
    if (!first.ok) {
      stop();
      return first;
    }
    hand(first.value);
  } catch (error) {
    stop();
    throw error;
  }
  state.isReading = false;
  // The first state is shown at once; when the listener turns out to have connected later, it tells everyone to look again.
  if (state.isStale) look();
  return ok(stop);
}
