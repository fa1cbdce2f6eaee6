// A mail host for tests. It says exactly what its script says, however wrong, and records every byte it receives. It enforces no protocol:
// the session that knows mailboxes and the order of commands belongs to the sandbox (smtp-session.ts).
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { hangUp, say, startMailHost as startHost, type Answer, type Voice } from './mail-host';

/** As a reply: sends what was queued before it and hangs up. */
export const HANG_UP = '\0';

export interface Heard {
  /** Every byte, as Latin-1. */
  bytes: string;
  /** Complete lines, without their line ends. */
  lines: string[];
  /** Chunks that arrived; a batch written at once counts as one. */
  reads: number;
  recipients: number;
  isSecure: boolean;
  /** This connection was over the limit. */
  isRefused: boolean;
  socket: Socket;
}

export interface MailHostScript {
  /** Without CRLF; null sends no greeting. A function is called for each connection. */
  greeting?: string | null | (() => string);
  /** How long to delay the greeting. */
  greetAfterMs?: number;
  /** The most connections at once; one over the limit is greeted with 421. */
  connectionsMax?: number;
  /** Keywords announced after EHLO; null: EHLO is refused. */
  extensions?: readonly string[] | null;
  mail?: (from: string, heard: Heard) => string | null;
  /** Null: no reply. */
  rcpt?: (to: string, heard: Heard) => string | null;
  /** Consulted first; undefined leaves the command to the rest of the script. */
  command?: (line: string, heard: Heard) => string | null | undefined;
  /** For STARTTLS, which the host then announces and performs. */
  certificate?: SecureContext;
  /** How long to delay this reply. */
  lateMs?: (reply: string, heard: Heard) => number;
  /** Takes over the connection from its first moment. */
  raw?: (socket: Socket) => void;
}

export interface ScriptedMailHost {
  port: number;
  connections: Heard[];
  /** The recipients of all RCPTs, over all connections, in order of arrival. */
  asked: string[];
  /** The most connections open at once. */
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
    const own = script.certificate === undefined || heard.isSecure ? [] : ['STARTTLS'];
    const lines = ['mx.test', ...(script.extensions ?? ['PIPELINING', '8BITMIME']), ...own];
    return lines.map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n');
  }
  if (verb === 'MAIL') return script.mail === undefined ? '250 2.1.0 Ok' : script.mail(path, heard);
  if (verb === 'RCPT') {
    heard.recipients += 1;
    return script.rcpt === undefined ? '250 2.1.5 Ok' : script.rcpt(path, heard);
  }
  if (verb === 'QUIT') return '221 2.0.0 Bye';
  return ['HELO', 'RSET', 'NOOP'].includes(verb) ? '250 2.0.0 Ok' : '502 5.5.2 Command not recognized';
}

/** Null sends nothing. HANG_UP, a 421 and any reply to QUIT close the connection. */
function asAnswer(line: string, reply: string | null, { certificate, lateMs }: MailHostScript, heard: Heard): Answer {
  if (reply === HANG_UP) return hangUp();
  const words = reply ?? '';
  if (line === 'QUIT' || words.startsWith('421')) return hangUp(words);
  const afterMs = lateMs?.(words, heard) ?? 0;
  if (line === 'STARTTLS' && certificate !== undefined)
    return { say: '220 2.0.0 Ready to start TLS', then: 'start_tls', afterMs };
  return { ...say(words), afterMs };
}

function createVoice(script: MailHostScript, heard: Heard, asked: string[]): Voice {
  const { greeting: each = '220 mx.test ESMTP', greetAfterMs } = script;
  const greeting = typeof each === 'function' ? each() : each;
  return {
    open: () => {
      if (heard.isRefused) return hangUp('421 4.7.0 Too many concurrent connections from your address');
      if (greeting === null) return say('');
      if (greetAfterMs === undefined) return say(greeting);
      setTimeout(() => heard.socket.write(`${greeting}\r\n`), greetAfterMs);
      return say('');
    },
    answer: (line) => {
      if (line === null) throw new Error('a test sent a line that no mail host reads');
      heard.lines.push(line);
      if (line.startsWith('RCPT')) asked.push(/<(.*)>/.exec(line)?.[1] ?? '');
      return asAnswer(line, greeting === null ? null : replyTo(line, script, heard), script, heard);
    },
    secured: () => {
      heard.isSecure = true;
    },
  };
}

/** `at`: the address to listen on; `0.0.0.0` means all of 127/8. */
export async function startMailHost(script: MailHostScript, at?: string): Promise<ScriptedMailHost> {
  const connections: Heard[] = [];
  const asked: string[] = [];
  /** Connections whose end has not been seen. */
  const open = new Set<Socket>();
  let mostOpen = 0;
  const voiceFor = (socket: Socket): Voice | null => {
    open.add(socket);
    mostOpen = Math.max(mostOpen, open.size);
    for (const end of ['end', 'close']) socket.once(end, () => open.delete(socket));
    // A connection that we have said goodbye to no longer counts, even if its end has not been seen yet.
    const standing = [...open].filter(({ writableEnded }) => !writableEnded).length;
    const isRefused = standing > (script.connectionsMax ?? Number.POSITIVE_INFINITY);
    const heard: Heard = { bytes: '', lines: [], reads: 0, recipients: 0, isSecure: false, isRefused, socket };
    connections.push(heard);
    socket.on('data', (chunk) => {
      heard.reads += 1;
      heard.bytes += chunk.toString('latin1');
    });
    if (script.raw === undefined) return createVoice(script, heard, asked);
    script.raw(socket);
    return null;
  };
  const { certificate } = script;
  const { port, close } = await startHost({
    voiceFor,
    ...(at === undefined ? {} : { at }),
    ...(certificate === undefined ? {} : { certificate }),
  });
  return {
    port,
    connections,
    asked,
    close,
    get mostOpen() {
      return mostOpen;
    },
  };
}
