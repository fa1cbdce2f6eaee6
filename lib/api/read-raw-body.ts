// The exact bytes of a request, for bodies that are signed or kept as they are. Promises to read no more of it than the limit,
// whatever the client announces. Refuses compressed bodies: what counts is what was sent.
import 'server-only';
import { AppError } from '@/lib/errors';

export async function readRawBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError('payload_too_large', { detail: `The body may have ${maxBytes} bytes at most.` });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  if ((request.headers.get('content-encoding') ?? 'identity') !== 'identity') throw new AppError('unsupported_media_type');
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream: the rest is never read.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
