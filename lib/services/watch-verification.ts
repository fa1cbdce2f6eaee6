// Follows a verification for a live page: hands over its present state, then each change, until it is final.
import type { Scope } from '@/lib/data/scope';
import { VERIFICATION_CHANNEL } from '@/lib/data/verification-work';
import type { VerificationView } from '@/lib/domain/verification-view';
import type { Result } from '@/lib/errors';
import { followState, type Watcher } from './follow-state';
import { getVerification } from './get-verification';

export interface VerificationWatcher extends Watcher<VerificationView> {
  visitorKey?: string | null | undefined;
}

export function watchVerification(scope: Scope, id: string, watcher: VerificationWatcher): Promise<Result<() => void>> {
  const read = (): Promise<Result<VerificationView>> => getVerification(scope, id, watcher);
  return followState({ channel: VERIFICATION_CHANNEL, id, read, isLast: ({ status }) => status !== 'pending' }, watcher);
}
