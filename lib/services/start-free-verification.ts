// Starts a check for a visitor without an account, if the day's allowance has one left. Promises that a check which could not
// be started is not counted.
import { VISITORS_WORKSPACE_ID } from '@/lib/data/scope';
import type { VerificationView } from '@/lib/domain/verification-view';
import { fail, ok, type Result } from '@/lib/errors';
import { returnFreeCheck, takeFreeCheck } from './free-allowance';
import { startVerification } from './start-verification';

export interface FreeCheck {
  email: string;
  /** Key of the client's network address. */
  clientKey: string;
  visitorKey: string;
}

export async function startFreeVerification({
  email,
  clientKey,
  visitorKey,
}: FreeCheck): Promise<Result<{ view: VerificationView; remaining: number }>> {
  const taken = await takeFreeCheck(clientKey);
  if (!taken.allowed) {
    const retryAfterS = Math.max(1, Math.ceil(taken.resetMs / 1_000));
    return fail('rate_limited', {
      detail: `The free checks of today are used up. There are new ones in ${inWords(retryAfterS)}.`,
      retryAfterS,
    });
  }
  const scope = { workspaceId: VISITORS_WORKSPACE_ID };
  try {
    const started = await startVerification(scope, { email, source: 'landing', visitorKey });
    if (!started.ok) await returnFreeCheck(clientKey);
    return started.ok ? ok({ view: started.value, remaining: taken.remaining }) : started;
  } catch (error) {
    await returnFreeCheck(clientKey);
    throw error;
  }
}

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}
