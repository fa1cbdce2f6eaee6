// The client is about to be told 202: from here on `verification.updated` follows. Returns the state to answer with, which is final
// when the check ended in this very moment: then nothing follows, and the answer itself tells.
import type { Scope } from '@/lib/data/scope';
import { markToldPending } from '@/lib/data/verification-work';
import type { VerificationView } from '@/lib/domain/verification-view';
import { getVerification } from './get-verification';

export async function promiseUpdate(scope: Scope, view: VerificationView): Promise<VerificationView> {
  if (view.status !== 'pending' || (await markToldPending(scope, view.id))) return view;
  const now = await getVerification(scope, view.id);
  if (!now.ok) throw now.error;
  return now.value;
}
