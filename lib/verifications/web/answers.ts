// A verification while it is pending, as API v1 answers it, and as a live stream: its state now, each change, and the end after
// the final one.
import 'server-only';
import { env } from '@/lib/platform/env';
import type { VerificationSummary, VerificationView } from '@/lib/verdict/verification';
import type { PendingAnswer, ProgressAnswer } from '@/lib/verdict/verification-schema';
import { AppError } from '@/lib/platform/errors';
import { followAsStream, type Followed } from '@/lib/platform/http/follow';
import type { Scope } from '@/lib/platform/scope';
import { isVerificationId } from '../api';
import { watchVerification } from '../read';

// Where to ask again, and what is known so far.
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

export interface Watched extends Pick<Followed<VerificationView>, 'untilSignedOut'> {
  scope: Scope;
  id: string;
  /** For a visitor's check: that visitor's key. */
  visitorKey?: string;
}

export async function verificationEvents(
  request: Request,
  { scope, id, visitorKey, untilSignedOut }: Watched,
): Promise<Response> {
  if (!isVerificationId(id)) throw new AppError('not_found');
  return followAsStream<VerificationView>(request, {
    of: { verification: id },
    watch: (watcher) => watchVerification(scope, id, { visitorKey, ...watcher }),
    tell: (view, stream) => {
      stream.send('verification', view);
      if (view.status !== 'pending') stream.finish();
    },
    untilSignedOut,
  });
}
