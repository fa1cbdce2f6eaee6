// For tests only: a client that speaks to an SMTP server byte for byte and knows nothing of verification. Every wait ends, with the reply
// or with what happened instead (`closed`).
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';

export interface RawSmtpClient {
  send(words: string): void;
  /** The next complete reply, lines joined by "\n"; 'closed' when the server hung up instead. */
  reply(): Promise<string>;
  /** Sends one command and waits for its reply. */
  ask(command: string): Promise<string>;
  /** Everything that arrived and was not read as a reply. */
  unread(): string;
  /** Resolves when something has arrived or the server hung up. */
  heard(): Promise<void>;
  startTls(): Promise<{ subject: string; client: RawSmtpClient }>;
  socket: Socket;
}

const REPLY = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/;

export async function dialSmtp(target: { host: string; port: number }): Promise<RawSmtpClient> {
  const socket = connect(target.port, target.host);
  await once(socket, 'connect');
  return clientOn(socket);
}

function clientOn(socket: Socket): RawSmtpClient {
  let received = '';
  let isClosed = false;
  let wake = (): void => undefined;
  const heard = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('utf8').replaceAll('\r\n', '\n');
    wake();
  });
  socket.on('close', () => {
    isClosed = true;
    wake();
  });
  const reply = async (): Promise<string> => {
    for (;;) {
      const whole = REPLY.exec(received)?.[0];
      if (whole !== undefined) {
        received = received.slice(whole.length);
        return whole.trimEnd();
      }
      if (isClosed) return 'closed';
      await heard();
    }
  };
  const send = (words: string): void => void socket.write(words);
  const startTls = async (): Promise<{ subject: string; client: RawSmtpClient }> => {
    socket.removeAllListeners('data');
    const secure = connectTls({ socket, rejectUnauthorized: false });
    await once(secure, 'secureConnect');
    return { subject: String(secure.getPeerCertificate().subject.CN), client: clientOn(secure) };
  };
  const ask = (command: string): Promise<string> => {
    send(`${command}\r\n`);
    return reply();
  };
  return { send, reply, ask, unread: () => received, heard, startTls, socket };
}
