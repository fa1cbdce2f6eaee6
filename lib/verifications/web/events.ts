// A verification as a live stream: its state now, each change, and the end after the final one.
import 'server-only';
import { AppError } from '@/lib/platform/errors';
import { followAsStream, type Followed } from '@/lib/platform/http/follow';
import type { Scope } from '@/lib/platform/scope';
import type { VerificationView } from '@/lib/verdict/verification';
import { isVerificationId } from '../api';
import { watchVerification } from '../read';

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
