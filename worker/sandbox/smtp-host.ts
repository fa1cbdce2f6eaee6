// One mail host of the sandbox: a TCP listener on loopback that runs a session a connection. Promises that pipelined commands
// are answered in order, that no socket error escapes, and that everything is bounded: idle time, line length, commands a
// connection, connections at once. Refuses every message (the session does) and counts the attempts.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { createLineReader } from './line-reader';
import { listeningPort } from './listening-port';
import type { Answer, SmtpScript } from './smtp-script';
import { createSmtpSession, type SmtpSession } from './smtp-session';
import { createStutter } from './stutter';

export interface SmtpHostOptions {
  script: SmtpScript;
  host: string;
  domain: string;
  certificate: SecureContext;
  /** A connection on which nothing happens for this long is closed. */
  idleMaxMs: number;
  onConnection(): void;
  /** Verb of each command in upper case. */
  onCommand(verb: string): void;
}

export interface SmtpHost {
  port: number;
  close(): Promise<void>;
}

const COMMANDS_MAX = 10_000;
const CONNECTIONS_MAX = 1_000;
/** Ours; a client of the sandbox sends no more than RFC 5321's 512 octets and an EAI address. */
const LINE_MAX_OCTETS = 2_048;

export async function startSmtpHost(options: SmtpHostOptions): Promise<SmtpHost> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    options.onConnection();
    serve(socket, options);
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.listen(0, '127.0.0.1');
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

function serve(socket: Socket, options: SmtpHostOptions): void {
  const { script, host, domain } = options;
  const session = createSmtpSession({ script, host, domain, client: socket.remoteAddress ?? '127.0.0.1' });
  socket.on('error', () => socket.destroy());
  socket.setTimeout(options.idleMaxMs, () => socket.destroy());
  const talk = converse(socket, session, options);
  talk(session.open());
}

/** Reads commands from a plain or encrypted stream and answers them; the returned function says something unasked. */
function converse(stream: Socket, session: SmtpSession, options: SmtpHostOptions): (answer: Answer) => void {
  const write = createWriter(stream, options.script);
  let commands = 0;
  const answerTo = (line: string | null): Answer => {
    commands += 1;
    if (line === null || commands > COMMANDS_MAX) return tooMuch(options.host);
    options.onCommand((/^\S*/.exec(line)?.[0] ?? '').toUpperCase());
    return session.answer(line);
  };
  const speak = (words: string, then: Answer['then']): void => {
    write(words);
    if (then === 'go_on') return;
    // What follows is not answered any more; after STARTTLS it must not be (RFC 3207, command injection).
    stream.off('data', onData);
    if (then === 'hang_up') stream.end();
    else startTls(stream, session, options);
  };
  const onData = createLineReader(LINE_MAX_OCTETS, (lines) => {
    let words = '';
    for (const line of lines) {
      const answer = answerTo(line);
      words += onTheWire(answer);
      if (answer.then !== 'go_on') return speak(words, answer.then);
    }
    return speak(words, 'go_on');
  });
  stream.on('data', onData);
  return (answer) => speak(onTheWire(answer), answer.then);
}

const onTheWire = ({ say }: Answer): string => (say === '' ? '' : `${say}\r\n`);

function createWriter(stream: Socket, { byteEveryMs }: SmtpScript): (words: string) => void {
  const stutter = byteEveryMs === undefined ? null : createStutter(stream, byteEveryMs);
  return (words) => {
    if (words === '' || !stream.writable) return;
    if (stutter !== null) return stutter(words);
    if (stream.write(words)) return;
    // A peer that sends commands and reads no answers is not read either.
    stream.pause();
    stream.once('drain', () => stream.resume());
  };
}

const tooMuch = (host: string): Answer => ({ say: `421 4.7.0 ${host} Error: too many errors`, then: 'hang_up' });

function startTls(socket: Socket, session: SmtpSession, options: SmtpHostOptions): void {
  const secure = new TLSSocket(socket, { isServer: true, secureContext: options.certificate });
  socket.setTimeout(0);
  secure.setTimeout(options.idleMaxMs, () => secure.destroy());
  secure.on('error', () => socket.destroy());
  secure.on('close', () => socket.destroy());
  secure.once('secure', () => {
    session.secured();
    converse(secure, session, options);
  });
}
