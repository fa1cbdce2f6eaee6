// One TCP connection that sends commands and reads replies. Guarantees: a reply is handed out only for something that was sent (the
// greeting counts as sent), in order; every wait ends; no socket error goes unhandled. A host that sends more replies than it was asked for
// is not trusted any further: one extra reply would shift all later ones to the wrong recipients.
import { constants } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';
import type { SmtpReply, TransportFailure } from '@/lib/verdict/evidence';
import { encodeCommands, type Command } from './commands';
import { ReplyReader } from './reply-reader';
import type { DialTarget } from '../ports';

export interface WireFailure {
  kind: 'failure';
  failure: TransportFailure;
  detail: string;
}
/** All replies that came in together, or why there are none. */
export type WireEvent = { kind: 'replies'; replies: readonly SmtpReply[] } | WireFailure;

export { isSendablePath, type Command } from './commands';

/** We ended the connection ourselves. */
export const CLOSED_BY_US = 'closed by us';

const failed = (failure: TransportFailure, detail: string): WireFailure => ({ kind: 'failure', failure, detail });

/** `ECONNREFUSED` tells people more than the sentence around it, and contains no address. */
const errorWord = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.message);

/**
 * Old hosts use TLS 1.0 with old ciphers and legacy renegotiation. We ask them about names and tell them no secrets, so a weak handshake is
 * better here than none. The library's own limits are lifted for these connections only. One context serves all: making one costs 0.2 ms.
 */
const anyTls = createSecureContext({
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT:@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  // Whoever signed the certificate does not matter.
  ca: [],
});

/** First reads what arrived while this process was late: the host is not to blame for that wait. */
const whenLate = (timeoutMs: number, act: () => void): NodeJS.Timeout => setTimeout(() => setImmediate(act), timeoutMs);

const waitedFor = (timeoutMs: number): string => `no reply within ${String(Math.round(timeoutMs))} ms`;

export class Wire {
  private reader = new ReplyReader();
  private replies: SmtpReply[] = [];
  private end: WireFailure | null = null;
  private waiter: ((event: WireEvent) => void) | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** Commands whose reply has not been handed out yet; the greeting is expected from the start. */
  private owed = 1;
  private anyByte = false;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>;
  private resolveEnded: () => void = () => undefined;

  constructor(private socket: Socket) {
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve;
    });
    this.listen(socket);
  }

  /** Whether the host ever said anything. */
  get wasHeard(): boolean {
    return this.anyByte;
  }
  get isOpen(): boolean {
    return this.end === null;
  }
  get localAddress(): string | null {
    return this.socket.localAddress ?? null;
  }

  send(commands: readonly Command[]): void {
    if (this.end !== null) return;
    if (this.owed === 0 && this.reader.isMidReply) {
      this.fail(failed('smtp_protocol_error', 'the host spoke without being asked'));
      return;
    }
    const text = encodeCommands(commands);
    this.owed += commands.length;
    this.socket.write(text, 'utf8');
  }

  next(timeoutMs: number): Promise<WireEvent> {
    const ready = this.take();
    if (ready !== null) return Promise.resolve(ready);
    return new Promise((resolve) => {
      this.waiter = resolve;
      this.timer = whenLate(timeoutMs, () => {
        if (this.waiter === resolve) this.fail(failed('no_response', waitedFor(timeoutMs)));
      });
    });
  }

  /**
   * Continues under TLS. The certificate is not verified: most mail hosts have one for another name, and what is asked here is no secret.
   * Plain bytes after the reply to STARTTLS have already ended the connection (`owed` is 0 by then), so a man in the middle cannot pass off
   * his words as the host's (CVE-2011-0411).
   */
  async secure(hostName: string, timeoutMs: number): Promise<WireFailure | null> {
    if (this.reader.isMidReply) this.fail(failed('smtp_protocol_error', 'bytes between the reply to STARTTLS and the handshake'));
    if (this.end !== null) return this.end;
    const plain = this.socket;
    plain.removeAllListeners('data');
    plain.removeAllListeners('end');
    const options = { socket: plain, secureContext: anyTls, rejectUnauthorized: false };
    const secured = connectTls(isIP(hostName) === 0 ? { ...options, servername: hostName } : options);
    this.socket = secured;
    this.reader = new ReplyReader();
    this.listen(secured);
    const shaken = await new Promise<boolean>((resolve) => {
      let isSettled = false;
      const timer = whenLate(timeoutMs, () => {
        if (!isSettled) this.fail(failed('no_response', `no TLS handshake within ${String(Math.round(timeoutMs))} ms`));
      });
      const settle = (isDone: boolean) => () => {
        isSettled = true;
        clearTimeout(timer);
        resolve(isDone);
      };
      secured.once('secureConnect', settle(true));
      secured.once('close', settle(false));
    });
    if (!shaken) this.fail(failed('disconnected', 'the TLS handshake failed'));
    return this.end;
  }

  destroy(): void {
    this.fail(failed('disconnected', CLOSED_BY_US));
  }

  /** Ends the current wait. */
  giveUp(why: string): void {
    this.fail(failed('timeout', why));
  }

  private listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => {
      this.read(chunk);
    });
    socket.on('error', (error) => {
      this.fail(failed('disconnected', errorWord(error)));
    });
    socket.on('end', () => {
      this.fail(failed('disconnected', 'the host closed the connection'));
    });
    socket.on('close', () => {
      this.fail(failed('disconnected', 'the connection was closed'));
    });
  }

  private read(chunk: Buffer): void {
    if (this.end !== null) return;
    this.anyByte = true;
    const { replies, violation } = this.reader.push(chunk);
    this.replies.push(...replies);
    if (this.replies.length > this.owed) {
      this.unasked();
      return;
    }
    if (violation !== null) this.fail(failed('smtp_protocol_error', violation));
    this.wake();
  }

  /** A 421 may come at any time (RFC 5321 3.8), and nothing after it counts. Any other extra reply makes all pending ones doubtful. */
  private unasked(): void {
    const at = this.replies.findIndex(({ code }) => code === 421);
    const goodBye = this.replies[at];
    if (goodBye !== undefined && at <= this.owed) {
      this.replies.length = at;
      this.fail(failed('disconnected', `421 ${goodBye.text}`));
      return;
    }
    this.replies.length = 0;
    this.fail(failed('smtp_protocol_error', 'the host sent more replies than it was asked for'));
  }

  private take(): WireEvent | null {
    const { replies } = this;
    if (replies.length === 0) return this.end;
    this.owed -= replies.length;
    this.replies = [];
    return { kind: 'replies', replies };
  }

  private wake(): void {
    if (this.waiter === null) return;
    const event = this.take();
    if (event === null) return;
    const waiter = this.waiter;
    this.waiter = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    waiter(event);
  }

  private fail(why: WireFailure): void {
    if (this.end !== null) return;
    this.end = why;
    this.socket.destroy();
    this.wake();
    this.resolveEnded();
  }
}

/** Dials and returns a connection, or `connect_failed` with one word. `onSocket` sees every socket from its first moment. */
export function dialWire(target: DialTarget, timeoutMs: number, onSocket: (socket: Socket) => void): Promise<Wire | WireFailure> {
  return new Promise((resolve) => {
    const { host, port, localAddress } = target;
    // The address is dialed exactly as it was checked: no lookup, no second address family.
    const socket = connectTcp({ host, port, noDelay: true, ...(localAddress === null ? {} : { localAddress }) });
    onSocket(socket);
    const giveUp = (detail: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(failed('connect_failed', detail));
    };
    const timer = setTimeout(() => {
      giveUp(`no connection within ${String(Math.round(timeoutMs))} ms`);
    }, timeoutMs);
    const onError = (error: Error): void => {
      giveUp(errorWord(error));
    };
    socket.on('error', onError);
    socket.once('close', () => {
      giveUp('closed before it was connected');
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      const wire = new Wire(socket);
      socket.removeListener('error', onError);
      resolve(wire);
    });
  });
}
