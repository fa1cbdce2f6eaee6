// For tests only: one mail host on loopback and the DNS that leads to it. Every name has it as its mail host (under one name, or under one
// for each domain), except the names that a test says do not exist and the made-up ones by which a resolver is tested. The settings send
// the command line there.
import { startScriptedDnsServer } from '@/simulators/mail/scripted-dns-server';
import { startMailHost, type MailHostScript, type ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';

const NXDOMAIN = 3;
const MADE_UP = /^[0-9a-f]{28}\./;
const HELO = 'probe.example.test';

export interface ScriptedMailWorld {
  host: ScriptedMailHost;
  env: Record<string, string>;
  close: () => Promise<void>;
}

export async function startScriptedMailWorld(
  script: MailHostScript,
  { hasOwnNames = false }: { hasOwnNames?: boolean } = {},
): Promise<ScriptedMailWorld> {
  const host = await startMailHost(script);
  const dns = await startScriptedDnsServer(({ name, type }) => {
    if (name.startsWith('nowhere.') || MADE_UP.test(name)) return { rcode: NXDOMAIN };
    if (type === 'MX' && !name.startsWith('mx.')) {
      const exchange = hasOwnNames ? `mx.${name}` : 'mx.example.test';
      return { answers: [{ name, type, ttl: 60, data: { preference: 10, exchange } }] };
    }
    if (type === 'A') return { answers: [{ name, type, ttl: 60, data: '127.0.0.1' }] };
    return type === 'PTR' ? { answers: [{ name, type, ttl: 60, data: HELO }] } : {};
  });
  const env = {
    DNS_SERVERS: dns.server,
    SMTP_PORT: String(host.port),
    SMTP_ALLOWED_PRIVATE_NETS: '127.0.0.0/8',
    SENDING_IDENTITIES: JSON.stringify([{ address: '127.0.0.1', helo: HELO, mail_from: 'check@example.test' }]),
  };
  const close = async (): Promise<void> => {
    dns.close();
    await host.close();
  };
  return { host, env, close };
}
