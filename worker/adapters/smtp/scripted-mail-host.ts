// A mail host for tests: a raw TCP peer on loopback that says exactly what its script says and keeps every byte it was sent.
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** In place of a reply: sends what came before and hangs up. */
export const HANG_UP = '\0';

export interface Heard {
  /** Every byte, as Latin-1. */
  bytes: string;
  /** Complete lines without their end. */
  lines: string[];
  /** Chunks that arrived: a batch that was written at once counts as one. */
  reads: number;
  recipients: number;
  socket: Socket;
}

export interface MailHostScript {
  /** Null: says nothing. Without CRLF. */
  greeting?: string | null;
  /** The greeting comes so much later. */
  greetAfterMs?: number;
  /** Keywords announced after EHLO; null: EHLO is refused. */
  extensions?: readonly string[] | null;
  mail?: (from: string, heard: Heard) => string | null;
  /** Null: no reply. */
  rcpt?: (to: string, heard: Heard) => string | null;
  /** Looked at first; undefined leaves it to the rest of the script. */
  command?: (line: string, heard: Heard) => string | null | undefined;
  /** Takes over the connection from its first moment. */
  raw?: (socket: Socket) => void;
}

export interface ScriptedMailHost {
  port: number;
  connections: Heard[];
  /** RCPTs of all connections, in their order of arrival. */
  asked: string[];
  /** Connections that stood at once. */
  readonly mostOpen: number;
  close: () => Promise<void>;
}

function replyTo(line: string, script: MailHostScript, heard: Heard): string | null {
  const said = script.command?.(line, heard);
  if (said !== undefined) return said;
  const verb = line.slice(0, 4).toUpperCase();
  const path = /<(.*)>/.exec(line)?.[1] ?? '';
  if (verb === 'EHLO') {
    if (script.extensions === null) return '502 5.5.1 Command not implemented';
    const lines = ['mx.test', ...(script.extensions ?? ['PIPELINING', '8BITMIME'])];
    return lines.map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n');
  }
  if (verb === 'MAIL') return script.mail === undefined ? '250 2.1.0 Ok' : script.mail(path, heard);
  if (verb === 'RCPT') {
    heard.recipients += 1;
    return script.rcpt === undefined ? '250 2.1.5 Ok' : script.rcpt(path, heard);
  }
  if (verb === 'QUIT') return '221 2.0.0 Bye';
  return ['HELO', 'RSET', 'NOOP'].includes(verb) ? '250 2.0.0 Ok' : '502 5.5.2 Command not recognised';
}

function converse(socket: Socket, script: MailHostScript, host: Pick<ScriptedMailHost, 'connections' | 'asked'>): void {
  const heard: Heard = { bytes: '', lines: [], reads: 0, recipients: 0, socket };
  host.connections.push(heard);
  socket.on('error', () => undefined);
  if (script.raw !== undefined) script.raw(socket);
  else if (script.greeting !== null) {
    const greet = (): unknown => socket.write(`${script.greeting ?? '220 mx.test ESMTP'}\r\n`);
    if (script.greetAfterMs === undefined) greet();
    else setTimeout(greet, script.greetAfterMs);
  }
  let rest = '';
  socket.on('data', (chunk) => {
    heard.reads += 1;
    heard.bytes += chunk.toString('latin1');
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    let out = '';
    for (const line of lines) {
      heard.lines.push(line);
      if (line.startsWith('RCPT')) host.asked.push(/<(.*)>/.exec(line)?.[1] ?? '');
      const reply = script.raw === undefined && script.greeting !== null ? replyTo(line, script, heard) : null;
      if (reply === HANG_UP) {
        socket.end(out);
        return;
      }
      if (reply !== null) out += `${reply}\r\n`;
      if (line === 'QUIT' || reply?.startsWith('421')) {
        socket.end(out);
        return;
      }
    }
    if (out !== '') socket.write(out);
  });
}

/** `at`: where it listens; `0.0.0.0` is all of 127/8. */
export function startMailHost(script: MailHostScript, at = '127.0.0.1'): Promise<ScriptedMailHost> {
  const sockets = new Set<Socket>();
  const host: Pick<ScriptedMailHost, 'connections' | 'asked'> = { connections: [], asked: [] };
  /** Whose end was not heard of. */
  const open = new Set<Socket>();
  let mostOpen = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    open.add(socket);
    mostOpen = Math.max(mostOpen, open.size);
    for (const end of ['end', 'close']) socket.once(end, () => open.delete(socket));
    socket.once('close', () => sockets.delete(socket));
    converse(socket, script, host);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => {
        resolve();
      });
    });
  return new Promise((resolve) => {
    server.listen(0, at, () => {
      const address: AddressInfo | string | null = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      resolve({
        ...host,
        port,
        close,
        get mostOpen() {
          return mostOpen;
        },
      });
    });
  });
}
