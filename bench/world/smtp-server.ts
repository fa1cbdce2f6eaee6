// Mail hosts for benchmarks: one listener for all of 127/8 that does as little as possible for each command, so that the client is what is
// measured (ADR 33 says why simulators/mail is not used). Each chunk of commands is answered by one chunk of replies after the round trip's
// delay. A tarpit answers each RCPT alone and after many seconds; a dropping host hangs up at the first RCPT; a stream never finishes its
// greeting; a limited host takes ten recipients a connection, or five connections at once. Refuses connections that do not come over
// loopback.
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { TLSSocket, type SecureContext } from 'node:tls';
import { createLatency, type Latency } from './latency';
import { isMailbox, kindOf, type HostKind } from './names';

export interface SmtpTally {
  connections: number;
  /** By kind of host. */
  connectionsAt: Record<HostKind, number>;
  /** For a stream: bytes that the client read. */
  bytesAt: Record<HostKind, number>;
  /** Answered chunks, including the greeting: the client waits one round trip for each. */
  roundTrips: number;
  transactions: number;
  recipients: number;
  data: number;
  /** Connections over the limit, and those of them that came after the host had refused one before. */
  refusedConnections: number;
  refusedAgain: number;
}

type Stream = 'endless' | 'trickle' | 'flood';
const GIGABYTE = 1024 ** 3;
const TRICKLE_MS = 1_000;
const PIECES: Readonly<Record<Stream, string>> = {
  endless: '220-and so on, and so on\r\n'.repeat(600),
  trickle: '2',
  flood: '2'.repeat(16_384),
};
const TARPIT_RCPT_MS = 20_000;
const GREETING = '220 mx.bench.test ESMTP ready\r\n';
const HELLO =
  '250-mx.bench.test greets you\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n';
const HELLO_WITH_TLS = HELLO.replace('250-PIPELINING', '250-STARTTLS\r\n250-PIPELINING');
const GO_AHEAD = '220 2.0.0 Ready to start TLS\r\n';
const OK = '250 2.1.0 Ok\r\n';
const KNOWN = '250 2.1.5 Ok\r\n';
const UNKNOWN = '550 5.1.1 User unknown\r\n';
const RECIPIENTS_MAX = 10;
const TOO_MANY_RECIPIENTS = '452 4.5.3 Too many recipients\r\n';
const ENOUGH = '421 4.7.0 Too many recipients in this session, closing connection\r\n';
const CONNECTIONS_MAX = 5;
const TOO_MANY_CONNECTIONS = '421 4.7.0 Too many concurrent connections from your address\r\n';
const NO_SUCH_COMMAND = '502 5.5.2 Command not recognized\r\n';

export async function startSmtpServer(
  latencyMs: number,
  /** Null: STARTTLS is not offered. */
  certificate: SecureContext | null,
): Promise<{ server: Server; port: number; tally: SmtpTally }> {
  const tally: SmtpTally = {
    connections: 0,
    connectionsAt: noneAt(),
    bytesAt: noneAt(),
    roundTrips: 0,
    transactions: 0,
    recipients: 0,
    data: 0,
    refusedConnections: 0,
    refusedAgain: 0,
  };
  const latency = createLatency(latencyMs);
  const server = createServer({ noDelay: true }, (socket) => {
    const kind = kindOf(socket.localAddress ?? '');
    if (kind === null) return void socket.destroy();
    tally.connections += 1;
    tally.connectionsAt[kind] += 1;
    if (kind === 'endless' || kind === 'trickle' || kind === 'flood') stream(socket, kind, tally);
    else if (kind === 'five' && isOneTooMany(socket, tally)) refuse(socket, latency);
    else serve(socket, { kind, tally, latency, certificate });
  });
  server.listen({ port: 0, host: '0.0.0.0', backlog: 4_096 });
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0, tally };
}

const noneAt = (): Record<HostKind, number> => ({
  ...{ well: 0, tarpit: 0, dropping: 0, endless: 0, trickle: 0, flood: 0 },
  ...{ full: 0, ends: 0, five: 0, all: 0 },
});

/** Open connections of each address with a limit, and whether it has ever refused one. */
const openAt = new Map<string, { count: number; hasRefused: boolean }>();

function isOneTooMany(socket: Socket, tally: SmtpTally): boolean {
  const address = socket.localAddress ?? '';
  const open = openAt.get(address) ?? { count: 0, hasRefused: false };
  openAt.set(address, open);
  open.count += 1;
  socket.once('close', () => (open.count -= 1));
  if (open.count <= CONNECTIONS_MAX) return false;
  tally.refusedConnections += 1;
  if (open.hasRefused) tally.refusedAgain += 1;
  open.hasRefused = true;
  return true;
}

function refuse(socket: Socket, latency: Latency): void {
  socket.on('error', () => socket.destroy());
  socket.resume();
  latency(() => socket.end(TOO_MANY_CONNECTIONS));
}

/** Sends its text as fast as it is read, or a byte a second, and reads nothing. */
function stream(socket: Socket, kind: Stream, tally: SmtpTally): void {
  const piece = Buffer.from(PIECES[kind], 'latin1');
  let left = kind === 'flood' ? GIGABYTE : Number.POSITIVE_INFINITY;
  const more = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= piece.length;
      if (!socket.write(piece)) return;
    }
  };
  socket.on('error', () => socket.destroy());
  socket.on('close', () => (tally.bytesAt[kind] += socket.bytesWritten - socket.writableLength));
  socket.resume();
  if (kind === 'trickle') {
    const timer = setInterval(() => socket.write('2'), TRICKLE_MS);
    socket.once('close', () => clearInterval(timer));
    return;
  }
  socket.on('drain', more);
  more();
}

interface Setting {
  kind: Exclude<HostKind, Stream>;
  tally: SmtpTally;
  latency: Latency;
  /** For STARTTLS, if it is offered and was not used yet. */
  certificate: SecureContext | null;
}

function serve(socket: Socket, { kind, tally, latency, certificate }: Setting, greeting: string | null = GREETING): void {
  let rest = '';
  const asked = { recipients: 0 };
  const write = (text: string): void => {
    // No client waits for the answer to QUIT.
    if (!text.startsWith('221')) tally.roundTrips += 1;
    if (socket.writable) socket.write(text, 'latin1');
  };
  const answer = answererOf(kind, socket, write);
  socket.on('error', () => socket.destroy());
  if (greeting !== null) latency(() => write(greeting));
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    const text = rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    const replies = repliesTo(text.slice(0, end), { kind, tally, asked, offersTls: certificate !== null });
    if (replies === GO_AHEAD) socket.removeAllListeners('data');
    latency(() => {
      answer(replies);
      if (replies === GO_AHEAD && certificate !== null) startTls(socket, { kind, tally, latency, certificate });
      if (replies.startsWith('221') || replies.endsWith(ENOUGH)) socket.end();
    });
  });
}

function answererOf(kind: Setting['kind'], socket: Socket, write: (text: string) => void): (replies: string) => void {
  if (kind === 'tarpit') return dribble(socket, write);
  return kind === 'dropping' ? hangUpAtRecipient(socket, write) : write;
}

/** The handshake takes a round trip more; after it, what the server writes is delayed as it is. */
function startTls(socket: Socket, { kind, tally, latency, certificate }: Setting & { certificate: SecureContext }): void {
  const delayed = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      latency(() => socket.write(chunk));
      done();
    },
    final: (done) => {
      latency(() => socket.end());
      done();
    },
  });
  socket.on('data', (chunk: string) => delayed.push(Buffer.from(chunk, 'latin1')));
  socket.on('close', () => delayed.destroy());
  const secure = new TLSSocket(delayed, { isServer: true, secureContext: certificate });
  secure.once('secure', () => (tally.roundTrips += 1));
  serve(secure, { kind, tally, latency: (work) => work(), certificate: null }, null);
}

interface Dialogue extends Pick<Setting, 'kind' | 'tally'> {
  offersTls: boolean;
  asked: { recipients: number };
}

/** One reply for each complete line; none after the last one of the dialogue. */
function repliesTo(commands: string, dialogue: Dialogue): string {
  let replies = '';
  for (let from = 0; from < commands.length && !replies.endsWith(ENOUGH); from = commands.indexOf('\n', from) + 1)
    replies += replyTo(commands, from, dialogue);
  return replies;
}

function replyTo(commands: string, from: number, dialogue: Dialogue): string {
  const { tally } = dialogue;
  switch (commands.slice(from, from + 4).toUpperCase()) {
    case 'RCPT':
      tally.recipients += 1;
      return replyToRecipient(commands.slice(from + 9, from + 13), dialogue);
    case 'MAIL':
      tally.transactions += 1;
      return OK;
    case 'RSET':
      return OK;
    case 'EHLO':
    case 'HELO':
      return dialogue.offersTls ? HELLO_WITH_TLS : HELLO;
    case 'STAR':
      return dialogue.offersTls ? GO_AHEAD : NO_SUCH_COMMAND;
    case 'QUIT':
      return '221 2.0.0 Bye\r\n';
    case 'DATA':
      tally.data += 1;
      return '554 5.5.1 No valid recipients\r\n';
    default:
      return NO_SUCH_COMMAND;
  }
}

function replyToRecipient(localPart: string, { kind, asked }: Dialogue): string {
  asked.recipients += 1;
  if (asked.recipients > RECIPIENTS_MAX) {
    if (kind === 'full') return TOO_MANY_RECIPIENTS;
    if (kind === 'ends') return ENOUGH;
  }
  return kind === 'all' || isMailbox(localPart) ? KNOWN : UNKNOWN;
}

/** Sends replies about recipients one at a time, each after a long delay. */
function dribble(socket: Socket, write: (text: string) => void): (replies: string) => void {
  let queue: string[] = [];
  const next = (): void => {
    const [line, ...later] = queue;
    queue = later;
    if (line === undefined || socket.destroyed) return;
    write(`${line}\r\n`);
    if (queue.length > 0) setTimeout(next, TARPIT_RCPT_MS).unref();
  };
  return (replies) => {
    const lines = replies.split('\r\n').filter((line) => line !== '');
    const isIdle = queue.length === 0;
    if (!lines.some((line) => line.startsWith('250 2.1.5') || line.startsWith('550'))) return write(replies);
    queue.push(...lines);
    if (isIdle) setTimeout(next, TARPIT_RCPT_MS).unref();
  };
}

function hangUpAtRecipient(socket: Socket, write: (text: string) => void): (replies: string) => void {
  return (replies) => {
    if (/^(?:250 2\.1\.5|550)/m.test(replies)) socket.destroy();
    else write(replies);
  };
}
