// The zoo as a separate process: a server for each behavior on its own loopback address. Arguments: port, key file, certificate file.
// Prints what it sees, one line for each event (`zoo/drops 40312 command RCPT TO:<…>`), as its log; the last line of the startup is `open`.
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { MAIL_HOSTS, ZOO_HOST_NAMES, type ZooHostName, zooDomain } from '../mail-hosts';
import { BEHAVIOURS, type Behavior } from './behaviors';
import type { Words } from './words.data';

const [port = '', key = '', certificate = ''] = process.argv.slice(2);

interface Connections {
  sockets: ReadonlyMap<number, Socket>;
  ended: (remotePort: number) => void;
}

const log = (host: ZooHostName, remotePort: number | undefined, event: string): void =>
  console.log(`${host} ${remotePort ?? 0} ${event}`);

/** The open connections of a host by the client's port. A socket upgraded to TLS does not report when it closes. */
function watch(host: ZooHostName, server: Server, behavior: Behavior): Connections {
  const sockets = new Map<number, Socket>();
  const ended = (remotePort: number): void => {
    if (sockets.delete(remotePort)) log(host, remotePort, 'closed');
  };
  server.on('connection', (socket) => {
    const { remotePort = 0 } = socket;
    log(host, remotePort, 'open');
    sockets.set(remotePort, socket);
    socket.on('error', () => undefined);
    socket.once('close', () => ended(remotePort));
    if (behavior.opening === 'hangs_up') socket.once('data', () => socket.destroy());
    if (behavior.opening === 'no_ehlo') socket.on('data', (chunk) => /^EHLO/i.test(String(chunk)) && socket.destroy());
    if (behavior.opening === 'http') socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
  });
  return { sockets, ended };
}

const refusal = ([responseCode, text]: Words): Error => Object.assign(new Error(text), { responseCode });

function openHost(host: ZooHostName, behavior: Behavior): Server {
  const told = new Map<string, { accepted: number; refused: number }>();
  const ports = new Map<string, number>();
  const command = (entry: object, kind: unknown, line: unknown): void => {
    if (!('cid' in entry) || kind !== 'C:') return;
    log(host, ports.get(String(entry.cid)), `command ${String(line)}`);
  };
  const silent = (): void => undefined;
  const smtp = new SMTPServer({
    name: `mx.${zooDomain(host)}`,
    banner: 'zoo',
    authOptional: true,
    disabledCommands: ['AUTH'],
    disableReverseLookup: true,
    // The texts include their own.
    hideENHANCEDSTATUSCODES: true,
    hideSMTPUTF8: false,
    hidePIPELINING: false,
    maxAllowedUnauthenticatedCommands: false,
    key: readFileSync(key),
    cert: readFileSync(certificate),
    logger: { trace: silent, debug: command, info: silent, warn: silent, error: silent, fatal: silent },
    ...behavior.options,
    onConnect(session, answer) {
      ports.set(session.id, session.remotePort);
      if (behavior.opening !== 'mute') answer();
    },
    onClose({ remotePort }) {
      ended(remotePort);
    },
    onMailFrom({ address }, session, answer) {
      const words = behavior.mail?.(address, session) ?? null;
      answer(words === null ? null : refusal(words));
    },
    onRcptTo({ address }, session, answer) {
      const { accepted, refused } = told.get(session.id) ?? { accepted: 0, refused: 0 };
      const localPart = address.slice(0, address.lastIndexOf('@')).toLowerCase();
      const inSession = accepted + refused + 1;
      const inTransaction = session.envelope.rcptTo.length + 1;
      const said = behavior.recipient({ localPart, session, inSession, inTransaction, accepted, refused });
      const isAccepted = Number(said === 'accepted');
      told.set(session.id, { accepted: accepted + isAccepted, refused: refused + 1 - isAccepted });
      if (said === 'hang_up') hangUp(session);
      else answer(said === 'accepted' ? null : refusal(said));
    },
  });
  const { sockets, ended } = watch(host, smtp.server, behavior);
  const hangUp = (session: SMTPServerSession): void => void sockets.get(session.remotePort)?.destroy();
  smtp.on('error', silent);
  return smtp.server;
}

function open(host: ZooHostName): Promise<void> {
  const behavior = BEHAVIOURS[host];
  const isMail = behavior.opening !== 'http';
  const server = isMail ? openHost(host, behavior) : createServer();
  if (!isMail) watch(host, server, behavior);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), MAIL_HOSTS[host], resolve);
  });
}

await Promise.all(ZOO_HOST_NAMES.map(open));
console.log('open');
process.once('SIGTERM', () => process.exit(0));
