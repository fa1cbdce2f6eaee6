// The simulators' one mail host: a TCP listener that gives each connection a voice, which decides the replies. The sandbox, the contract
// tests and their benchmarks differ only in the voice. Guarantees: pipelined commands are answered in order and in one write, no socket
// error escapes, and lines are bounded, as are idle time and connections where the options say so.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { createLineReader } from './line-reader';
import { listeningPort } from './listening';
import { createStutter } from './stutter';

export interface Answer {
  /** Reply lines joined by CRLF, without the last CRLF; '' says nothing. */
  say: string;
  then: 'go_on' | 'hang_up' | 'start_tls';
  /** Delays this reply; later replies still follow it. */
  afterMs?: number;
}

export const say = (words: string): Answer => ({ say: words, then: 'go_on' });
export const hangUp = (words = ''): Answer => ({ say: words, then: 'hang_up' });

export interface Voice {
  open(): Answer;
  /** Null: the line was too long. */
  answer(line: string | null): Answer;
  /** After the TLS handshake the session starts over (RFC 3207 section 4.2). */
  secured?(): void;
}

export interface MailHostOptions {
  /** The voice of this connection; null leaves the socket to the caller. */
  voiceFor(socket: Socket): Voice | null;
  /** Where it listens; `0.0.0.0` is all of 127/8. */
  at?: string;
  /** For STARTTLS; without it no voice may start TLS. */
  certificate?: SecureContext;
  /** A connection on which nothing happens for this long is closed. */
  idleMaxMs?: number;
  connectionsMax?: number;
  /** Sends everything one byte at this interval. */
  byteEveryMs?: number;
}

export interface MailHost {
  port: number;
  close: () => Promise<void>;
}

/** Our limit; no client of a simulator sends more than RFC 5321's 512 octets and an EAI address. */
const LINE_MAX_OCTETS = 2_048;

export async function startMailHost(options: MailHostOptions): Promise<MailHost> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    if (options.idleMaxMs !== undefined) socket.setTimeout(options.idleMaxMs, () => socket.destroy());
    const voice = options.voiceFor(socket);
    if (voice !== null) converse(socket, voice, options)(voice.open());
  });
  if (options.connectionsMax !== undefined) server.maxConnections = options.connectionsMax;
  server.listen(0, options.at ?? '127.0.0.1');
  await once(server, 'listening');
  return {
    port: listeningPort(server),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Reads commands from a plain or encrypted stream and answers them. The returned function sends a reply that no command asked for. */
function converse(stream: Socket, voice: Voice, options: MailHostOptions): (answer: Answer) => void {
  const write = createWriter(stream, options.byteEveryMs);
  const inTheirTime = createQueue();
  const speak = (words: string, { then, afterMs = 0 }: Pick<Answer, 'then' | 'afterMs'>): void => {
    // Later commands are not answered. After STARTTLS they must not be (RFC 3207, command injection).
    if (then !== 'go_on') stream.off('data', onData);
    inTheirTime(afterMs, () => {
      write(words);
      if (then === 'hang_up') stream.end();
      if (then === 'start_tls') startTls(stream, voice, options);
    });
  };
  const onData = createLineReader(LINE_MAX_OCTETS, (lines) => {
    let words = '';
    for (const line of lines) {
      const answer = voice.answer(line);
      words += onTheWire(answer);
      const { then, afterMs = 0 } = answer;
      if (then === 'go_on' && afterMs === 0) continue;
      speak(words, { then, afterMs });
      if (then !== 'go_on') return;
      words = '';
    }
    if (words !== '') speak(words, { then: 'go_on' });
  });
  stream.on('data', onData);
  return (answer) => speak(onTheWire(answer), answer);
}

/** Runs actions in order, each after its own delay; at once if nothing is queued. */
function createQueue(): (afterMs: number, act: () => void) => void {
  const waiting: { afterMs: number; act: () => void }[] = [];
  const next = (): void => {
    const [first] = waiting;
    if (first === undefined) return;
    setTimeout(() => {
      first.act();
      waiting.shift();
      next();
    }, first.afterMs).unref();
  };
  return (afterMs, act) => {
    if (afterMs === 0 && waiting.length === 0) return act();
    waiting.push({ afterMs, act });
    if (waiting.length === 1) next();
  };
}

const onTheWire = (answer: Answer): string => (answer.say === '' ? '' : `${answer.say}\r\n`);

function createWriter(stream: Socket, byteEveryMs: number | undefined): (words: string) => void {
  const stutter = byteEveryMs === undefined ? null : createStutter(stream, byteEveryMs);
  return (words) => {
    if (words === '' || !stream.writable) return;
    if (stutter !== null) return stutter(words);
    if (stream.write(words)) return;
    // Stop reading from a peer that sends commands but reads no answers.
    stream.pause();
    stream.once('drain', () => stream.resume());
  };
}

function startTls(socket: Socket, voice: Voice, options: MailHostOptions): void {
  const { certificate, idleMaxMs } = options;
  if (certificate === undefined) throw new Error('a simulator offers STARTTLS and has no certificate');
  const secure = new TLSSocket(socket, { isServer: true, secureContext: certificate });
  socket.setTimeout(0);
  if (idleMaxMs !== undefined) secure.setTimeout(idleMaxMs, () => secure.destroy());
  secure.on('error', () => socket.destroy());
  secure.on('close', () => socket.destroy());
  secure.once('secure', () => {
    voice.secured?.();
    converse(secure, voice, options);
  });
}
