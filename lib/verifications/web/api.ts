// A verification that is still pending, as API v1 answers it: where to ask again, and what is known so far.
import 'server-only';
import { env } from '@/lib/platform/env';
import { type VerificationSummary, type VerificationView } from '@/lib/verdict/verification';
import type { PendingAnswer, ProgressAnswer } from '@/lib/verdict/verification-schema';

export const toPendingAnswer = ({ id, input }: VerificationSummary): PendingAnswer => ({
  id,
  input,
  status: 'pending',
  poll_url: `${env().APP_URL}/v1/verifications/${id}`,
});

export const toProgressAnswer = (view: VerificationView): ProgressAnswer => ({
  ...toPendingAnswer(view),
  email: view.email,
  layers: view.layers,
  retry_at: view.retryAt,
  test: view.test,
  metadata: view.metadata,
  created_at: view.createdAt,
});
