// What API v1 says of a verification that is still pending: where to ask again, and what is known so far.
import 'server-only';
import type { VerificationSummary, VerificationView } from '@/lib/domain/verification-view';
import { env } from '@/lib/env';
import type { PendingAnswer, ProgressAnswer } from '@/lib/schemas/verification-response';

export const toPendingAnswer = ({ id }: VerificationSummary): PendingAnswer => ({
  id,
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
