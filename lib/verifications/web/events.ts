// A verification as a live stream: its state now, each change, and the end after the final one. Promises that a stream which
// ends for whatever reason leaves no listener behind, and that a client address has a bounded number of them.
import 'server-only';
import { AppError } from '@/lib/platform/errors';
import { clientKeyOf } from '@/lib/platform/http/client-address';
import { EventStream, takeStreamSlot } from '@/lib/platform/http/sse';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import { isVerificationId } from '../api';
import { watchVerification } from '../read';

export interface Watched {
  scope: Scope;
  id: string;
  /** For a visitor's check: that visitor's key. */
  visitorKey?: string;
  /** Calls back when the watcher's session ends; returns the way to stop that. */
  untilSignedOut?: (end: () => void) => () => void;
}

export async function verificationEvents(
  request: Request,
  { scope, id, visitorKey, untilSignedOut }: Watched,
): Promise<Response> {
  if (!isVerificationId(id)) throw new AppError('not_found');
  const giveBack = takeStreamSlot(clientKeyOf(request.headers));
  const stream = new EventStream(request.signal);
  stream.onEnd(giveBack);
  if (untilSignedOut) stream.onEnd(untilSignedOut(() => stream.finish()));
  const watching = await watchVerification(scope, id, {
    visitorKey,
    onChange: (view) => {
      stream.send('verification', view);
      if (view.status !== 'pending') stream.finish();
    },
    // The browser reconnects and reads the current state.
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
