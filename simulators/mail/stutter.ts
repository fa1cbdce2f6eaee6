// Makes a tarpit: sends everything one byte at a time. Guarantees: bytes keep their order, the timer is unref'd and stops with the socket,
// and the backlog is bounded; text beyond it is dropped.
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
