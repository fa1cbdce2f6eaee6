// Bounds how long a request body may take. A whole request has minutes. A file may take as long as bytes keep coming, because its size is
// bounded but the speed of the connection is not. A body that stalls is cut off; so is one that trickles where no file is expected.
import type { IncomingMessage } from 'node:http';
import { REQUEST_MAX_MS, UPLOAD_IDLE_MAX_MS } from '@/lib/platform/limits';

export interface BodyTimes {
  /** For a whole request that holds no file. */
  wholeMs: number;
  /** The longest pause between two bytes. */
  idleMs: number;
}

export const BODY_TIMES: BodyTimes = { wholeMs: REQUEST_MAX_MS, idleMs: UPLOAD_IDLE_MAX_MS };

const CHECKS_AN_IDLE_TIME = 10;
/** File uploads: by the API in our form and in another service's, and the parts of files that our own pages send. */
const UPLOADS = /^\/(?:(?:api\/)?v1\/lists|api\/lists\/[^/]+\/parts\/\d+|compat\/kickbox\/v2\/verify-batch)\/?(?:\?|$)/;

/** Ends the connection of a request whose body takes too long. The route drops what had arrived of a file. */
export function boundBody(request: IncomingMessage, { wholeMs, idleMs }: BodyTimes): void {
  const { socket, headers, url = '' } = request;
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return;
  const startedAt = Date.now();
  const endsAt = UPLOADS.test(url) ? Infinity : startedAt + wholeMs;
  let last = { bytes: socket.bytesRead, at: startedAt };
  const timer = setInterval(() => {
    const now = Date.now();
    if (request.complete || socket.destroyed) return clearInterval(timer);
    if (socket.bytesRead !== last.bytes) last = { bytes: socket.bytesRead, at: now };
    if (now - last.at < idleMs && now < endsAt) return undefined;
    clearInterval(timer);
    // The answer Node gives to a request that came too slowly (RFC 9110 15.5.9).
    socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    return socket.destroySoon();
  }, idleMs / CHECKS_AN_IDLE_TIME);
  timer.unref();
}
