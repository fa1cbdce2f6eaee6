// The verifier that everybody writes first, for comparison: it asks the first mail host over one connection per address with one identity
// and one made-up name for catch-alls; 2xx is yes and 5xx is no. Reads addresses, one a line; prints a JSON object for each.
// DNS_SERVERS and SMTP_PORT say where to ask, as for ours. An argument says how many are asked at once.
import { Resolver } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

const AT_ONCE = Number(process.argv[2] ?? 20);
const TIMEOUT_MS = 10_000;
const HELO = 'probe.verifier.test';

const resolver = new Resolver();
resolver.setServers((process.env.DNS_SERVERS ?? '').split(','));

/** Sends a command, or only waits if it is null, and returns the reply's code; 0 if there was no reply. */
function say(socket: Socket, command: string | null): Promise<number> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve(0);
    let heard = '';
    const end = (code: number): void => {
      socket.off('data', hear).off('error', lose).off('close', lose).off('timeout', lose);
      resolve(code);
    };
    const lose = (): void => end(0);
    const hear = (bytes: Buffer): void => {
      heard += bytes.toString('latin1');
      const last = /^(\d{3})(?: .*)?\r?\n$/m.exec(heard);
      if (last !== null) end(Number(last[1]));
    };
    socket.on('data', hear).on('error', lose).on('close', lose).on('timeout', lose);
    if (command !== null) socket.write(`${command}\r\n`);
  });
}

const hosts = new Map<string, Promise<string | null>>();

/** Looked up once for each domain. */
function hostOf(domain: string): Promise<string | null> {
  const host = hosts.get(domain) ?? findHost(domain).catch(() => null);
  hosts.set(domain, host);
  return host;
}

async function findHost(domain: string): Promise<string | null> {
  const mx = await resolver.resolveMx(domain);
  const first = mx.sort((a, b) => a.priority - b.priority)[0]?.exchange;
  return first === undefined || first === '' ? null : ((await resolver.resolve4(first))[0] ?? null);
}

async function verify(email: string): Promise<string> {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const host = await hostOf(domain);
  if (host === null) return 'undeliverable';
  const socket = connect({ host, port: Number(process.env.SMTP_PORT) }).setTimeout(TIMEOUT_MS);
  socket.on('error', () => undefined);
  try {
    if ((await say(socket, null)) !== 220) return 'unknown';
    if ((await say(socket, `EHLO ${HELO}`)) !== 250) return 'unknown';
    if ((await say(socket, 'MAIL FROM:<>')) !== 250) return 'unknown';
    const code = await say(socket, `RCPT TO:<${email}>`);
    if (code >= 500) return 'undeliverable';
    if (code < 200 || code >= 300) return 'unknown';
    const madeUp = await say(socket, `RCPT TO:<${Math.random().toString(36).slice(2)}@${domain}>`);
    return madeUp >= 200 && madeUp < 300 ? 'risky' : 'deliverable';
  } finally {
    socket.end('QUIT\r\n');
    setTimeout(() => socket.destroy(), 1_000).unref();
  }
}

const waiting: string[] = [];
for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') waiting.push(line.trim());
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let email = waiting.shift(); email !== undefined; email = waiting.shift()) {
      console.log(JSON.stringify({ email, status: await verify(email).catch(() => 'unknown') }));
    }
  }),
);
