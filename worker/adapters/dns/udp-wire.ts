// Questions to one DNS server over UDP. Guarantees: a listener hears every reply with the id of its question until it stops listening,
// however late; only the server itself is heard (the socket is connected); ids are random and ports change with the questions, so that no
// one can answer in the server's place by guessing; no socket outlives its last listener.
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { DNS_READ_PASSES_MAX, DNS_SOCKET_BUFFER_OCTETS, DNS_SOCKET_QUESTIONS_MAX } from '@/lib/platform/limits';
import { idOf } from './message';

export interface ServerAddress {
  address: string;
  port: number;
}

export interface Listener {
  heard(message: Buffer): void;
  /** No server is there, or there is no route to it: one word such as CONNREFUSED. */
  lost(detail: string): void;
}

export type StopListening = () => void;

/** Across all wires of this process, which has one event loop. */
let datagramsRead = 0;

/**
 * Calls back once the sockets have been read as far as there was something to read. Until then an expired timer means nothing: after a
 * busy stretch of the event loop, timers run first, while the replies from that time are still in the sockets, which yield only some 32
 * per pass.
 */
export function afterReading(done: () => void, passes = 1): void {
  const before = datagramsRead;
  setImmediate(() => {
    if (datagramsRead === before || passes === DNS_READ_PASSES_MAX) done();
    else afterReading(done, passes + 1);
  });
}

export class UdpWire {
  private channel: Channel | null = null;

  constructor(private readonly server: ServerAddress) {}

  send(message: Buffer, listener: Listener): StopListening {
    if (this.channel?.isOpen !== true) this.channel = new Channel(this.server);
    return this.channel.send(message, listener);
  }
}

/** One socket, for a limited number of questions. */
class Channel {
  private readonly socket: Socket;
  private readonly listeners = new Map<number, Listener>();
  private unsent: Buffer[] | null = [];
  /** Handed on only when all have been read: the questions that follow from them then go out together, which costs a quarter less. */
  private unheard: Buffer[] = [];
  private sent = 0;
  private isClosed = false;

  constructor({ address, port }: ServerAddress) {
    const type = isIPv6(address) ? 'udp6' : 'udp4';
    this.socket = createSocket({ type, recvBufferSize: DNS_SOCKET_BUFFER_OCTETS });
    this.socket.on('message', (message) => {
      datagramsRead += 1;
      if (this.unheard.push(message) === 1)
        setImmediate(() => {
          this.hearAll();
        });
    });
    this.socket.on('error', (error) => {
      this.loseAll(error);
    });
    this.socket.connect(port, address, (error?: Error) => {
      if (error !== undefined) this.loseAll(error);
      else this.sendAll();
    });
  }

  get isOpen(): boolean {
    return !this.isClosed && this.sent < DNS_SOCKET_QUESTIONS_MAX;
  }

  send(message: Buffer, listener: Listener): StopListening {
    const id = this.freeId();
    this.sent += 1;
    this.listeners.set(id, listener);
    const numbered = Buffer.from(message);
    numbered.writeUInt16BE(id);
    if (this.unsent === null) this.put(numbered);
    else this.unsent.push(numbered);
    return () => {
      this.listeners.delete(id);
      this.closeIfIdle();
    };
  }

  private hearAll(): void {
    const messages = this.unheard;
    this.unheard = [];
    for (const message of messages) {
      const id = idOf(message);
      if (id !== null) this.listeners.get(id)?.heard(message);
    }
  }

  private freeId(): number {
    for (;;) {
      const id = randomInt(0x1_0000);
      if (!this.listeners.has(id)) return id;
    }
  }

  private sendAll(): void {
    const waiting = this.unsent ?? [];
    this.unsent = null;
    for (const message of waiting) this.put(message);
  }

  /** What cannot be sent is lost like any packet; an error on the way there is reported by the socket. */
  private put(message: Buffer): void {
    if (!this.isClosed) this.socket.send(message);
  }

  private loseAll(error: Error): void {
    const all = [...this.listeners.values()];
    this.listeners.clear();
    this.closeIfIdle();
    for (const listener of all) listener.lost(detailOf(error));
  }

  private closeIfIdle(): void {
    if (this.listeners.size > 0 || this.isClosed) return;
    this.isClosed = true;
    this.socket.close();
  }
}

/** `ECONNREFUSED` → `CONNREFUSED` */
export function detailOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'UNREACHABLE';
  return code.replace(/^E(?=[A-Z])/, '');
}
