// The tarpit's voice: says everything one byte at a time. Promises order, an unref'd timer that stops with the socket, and a
// bounded backlog: words beyond it are not said.
import type { Socket } from 'node:net';

const BACKLOG_MAX_OCTETS = 16_384;

export function createStutter(socket: Socket, byteEveryMs: number): (words: string) => void {
  let backlog = Buffer.alloc(0);
  let timer: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  const sayOne = (): void => {
    if (backlog.length === 0 || !socket.writable) return stop();
    socket.write(backlog.subarray(0, 1));
    backlog = backlog.subarray(1);
  };
  socket.on('close', stop);
  return (words) => {
    backlog = Buffer.concat([backlog, Buffer.from(words)]).subarray(0, BACKLOG_MAX_OCTETS);
    if (timer !== null) return;
    timer = setInterval(sayOne, byteEveryMs);
    timer.unref();
  };
}
