// A verification as a live stream: its state now, each change, and the end after the final one. Promises that a stream which
// ends for whatever reason leaves no listener behind, and that a client address has a bounded number of them.
import 'server-only';
import type { Scope } from '@/lib/data/scope';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { isVerificationId } from '@/lib/schemas/verification-request';
import { watchVerification } from '@/lib/services/watch-verification';
import { clientKeyOf } from './client-address';
import { EventStream } from './sse';
import { takeStreamSlot } from './stream-slots';

export interface Watched {
  scope: Scope;
  id: string;
  /** Of the visitor whose check it is. */
  visitorKey?: string;
}

export async function verificationEvents(request: Request, { scope, id, visitorKey }: Watched): Promise<Response> {
  if (!isVerificationId(id)) throw new AppError('not_found');
  const giveBack = takeStreamSlot(clientKeyOf(request.headers));
  const stream = new EventStream(request.signal);
  stream.onEnd(giveBack);
  const watching = await watchVerification(scope, id, {
    visitorKey,
    onChange: (view) => {
      stream.send('verification', view);
      if (view.status !== 'pending') stream.finish();
    },
    // The browser comes back and reads the state anew.
    onError: () => {
      log('events').warn({ verification: id }, 'a live stream lost its verification');
      stream.finish();
    },
  }).catch((error: unknown) => {
    stream.finish();
    throw error;
  });
  if (!watching.ok) {
    stream.finish();
    throw watching.error;
  }
  stream.onEnd(watching.value);
  return stream.response;
}
