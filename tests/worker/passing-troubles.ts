// For tests only: mail hosts, and the DNS that leads to them, with temporary troubles. The first label of a domain names its trouble. When
// the trouble is over, `ann` exists and nobody else does. Real sockets on loopback.
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { RetriedReason } from '@/lib/verdict/retry-schedule';
import { startScriptedDnsServer } from '@/simulators/mail/scripted-dns-server';
import { HANG_UP, type Heard, startMailHost } from '@/simulators/mail/scripted-mail-host';

/** What a single identity can see; telling that we are blocked takes two. */
export type Trouble = Exclude<RetriedReason, 'probe_blocked'>;

const REPLIES: Readonly<Partial<Record<Trouble, string>>> = {
  greylisted: '450 4.2.0 Greylisted, please try again later',
  rate_limited: '450 4.7.1 You are sending too many messages, slow down',
  temporary_failure: '451 4.3.0 Temporary system problem',
  disconnected: HANG_UP,
};
const SERVFAIL = 2;
const NXDOMAIN = 3;
const MADE_UP = /^[0-9a-f]{28}\./;
const HELO = 'probe.example.test';
const AT = '127.0.0.1';
/** Until the trouble is over, nothing listens at DOWN_AT and nothing answers at MUTE_AT. */
const DOWN_AT = '127.0.0.9';
const MUTE_AT = '127.0.0.8';
const ADDRESSES: Readonly<Record<string, string>> = { connect_failed: DOWN_AT, no_response: MUTE_AT };
const DRIP_EVERY_MS = 300;

const troubleOf = (domain: string): string => (domain.split('.')[0] ?? '').replaceAll('-', '_');
const domainOf = (name: string): string => name.replace(/^mx\./, '');

export interface PassingTroubles {
  env: Record<string, string>;
  /** The mailboxes that were asked about, in order. */
  asked: readonly string[];
  /** Ends the trouble: from now on every host and name server answers correctly. */
  pass: () => Promise<void>;
  close: () => Promise<void>;
}

export async function startPassingTroubles(): Promise<PassingTroubles> {
  let isOver = false;
  const host = await startMailHost(
    {
      rcpt: (to, heard) => {
        const trouble = troubleOf(to.slice(to.lastIndexOf('@') + 1));
        if (isOver) return to.startsWith('ann@') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown';
        if (trouble === 'timeout') return drip(heard);
        return Object.entries(REPLIES).find(([name]) => name === trouble)?.[1] ?? null;
      },
    },
    AT,
  );
  const dns = await startScriptedDnsServer(({ name, type }) => {
    if (MADE_UP.test(name)) return { rcode: NXDOMAIN };
    const trouble = troubleOf(domainOf(name));
    if (trouble === 'dns_temporary_error' && !isOver) return { rcode: SERVFAIL };
    if (type === 'MX' && !name.startsWith('mx.')) {
      return { answers: [{ name, type, ttl: 60, data: { preference: 10, exchange: `mx.${name}` } }] };
    }
    if (type === 'A') return { answers: [{ name, type, ttl: 60, data: ADDRESSES[trouble] ?? AT }] };
    return type === 'PTR' ? { answers: [{ name, type, ttl: 60, data: HELO }] } : {};
  });
  const returned = createServer((socket) => join(socket, connect(host.port, AT)));
  const mute = createServer((socket) => {
    if (isOver) join(socket, connect(host.port, AT));
    else socket.on('error', () => socket.destroy()).resume();
  });
  await listen(mute, host.port, MUTE_AT);
  return {
    env: {
      DNS_SERVERS: dns.server,
      SMTP_PORT: String(host.port),
      SMTP_ALLOWED_PRIVATE_NETS: '127.0.0.0/8',
      SENDING_IDENTITIES: JSON.stringify([{ address: AT, helo: HELO, mail_from: 'check@example.test' }]),
      MAIL_SANDBOX: 'off',
    },
    asked: host.asked,
    pass: async () => {
      isOver = true;
      await listen(returned, host.port, DOWN_AT);
    },
    close: async () => {
      returned.close();
      mute.close();
      dns.close();
      await host.close();
    },
  };
}

const listen = (server: Server, port: number, at: string): Promise<void> =>
  new Promise((done) => {
    server.listen(port, at, done);
  });

/** Pipes each socket into the other. */
function join(one: Socket, other: Socket): void {
  for (const [from, to] of [[one, other] as const, [other, one] as const]) {
    from.on('error', () => to.destroy());
    from.pipe(to);
  }
}

/** Keeps announcing more lines, and never sends the last one. */
function drip({ socket }: Heard): null {
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write('250-still looking\r\n');
  }, DRIP_EVERY_MS);
  timer.unref();
  return null;
}
