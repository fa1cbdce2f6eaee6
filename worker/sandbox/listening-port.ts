// The TCP port that the system gave a listening server. Refuses servers that do not listen on TCP: that is a bug of the caller.
import type { Server } from 'node:net';

export function listeningPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a sandbox server without a TCP port');
  return address.port;
}
