import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from '@/tests/cli/run-cli';
import { startScriptedMailWorld, type ScriptedMailWorld } from '@/tests/cli/scripted-mail-world';
import { startScriptedDnsServer, type DnsScript } from '@/simulators/mail/scripted-dns-server';
import type { MailHostScript } from '@/simulators/mail/scripted-mail-host';

const checkLine = z.object({ check: z.string(), ok: z.boolean(), detail: z.string() });
const worlds: ScriptedMailWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function preflight(script: MailHostScript, { domain = 'good.test', isNamed = true, env = {} } = {}) {
  const world = await startScriptedMailWorld(script);
  worlds.push(world);
  const { code, lines, stderr } = await runCli(['preflight', ...(isNamed ? ['--domain', domain] : [])], {
    env: { ...world.env, ...env },
  });
  const failed = lines.map((line) => checkLine.parse(JSON.parse(line))).filter(({ ok }) => !ok);
  return { world, code, failed: failed.map(({ detail }) => detail), said: stderr.trim().split('\n') };
}

describe('preflight', () => {
  it('ends with 0 when all is well, and sends QUIT right after the greeting', async () => {
    const { world, code, failed, said } = await preflight({});
    expect({ code, failed, said }).toEqual({ code: 0, failed: [], said: ['This machine can verify.'] });
    expect(world.host.connections.map(({ lines }) => lines)).toEqual([['QUIT']]);
  });

  it('reads the PTR from DNS, because nobody else sees this machine’s hosts file', async () => {
    const identity = [{ address: '127.0.0.1', helo: 'localhost', mail_from: '' }];
    const { code, failed } = await preflight({}, { env: { SENDING_IDENTITIES: JSON.stringify(identity) } });
    expect(code).toBe(1);
    expect(failed).toEqual(['The identity 127.0.0.1 says HELO localhost, but its PTR name is probe.example.test.']);
  });

  it.each<[string, MailHostScript, RegExp]>([
    ['refuses this machine', { greeting: '554 5.7.1 go away' }, /refuses this machine: 554 go away/],
    ['hangs up at once', { raw: (socket) => socket.end() }, /sends no greeting/],
    ['is no mail host', { greeting: 'HTTP/1.1 400 Bad Request' }, /is not a mail host/],
  ])('where the mail host %s ends with 1 and a plain sentence', async (_, script, sentence) => {
    const { code, failed, said } = await preflight(script);
    expect(code).toBe(1);
    expect(failed).toEqual([expect.stringMatching(sentence)]);
    expect(said).toEqual(failed);
  });

  it('names an identity whose address is not on this machine', async () => {
    const identity = [{ address: '203.0.113.9', helo: 'mx.example.test', mail_from: '' }];
    const { code, failed } = await preflight({}, { env: { SENDING_IDENTITIES: JSON.stringify(identity) } });
    expect(code).toBe(1);
    expect(failed).toContain('The address 203.0.113.9 is not on this machine.');
  });

  it('dials no address that is not public and not allowed', async () => {
    const { world, code, failed } = await preflight({}, { env: { SMTP_ALLOWED_PRIVATE_NETS: '' } });
    expect(code).toBe(1);
    expect(failed[0]).toMatch(/none of its mail hosts has a public address/);
    expect(world.host.connections).toEqual([]);
  });

  const NXDOMAIN = { rcode: 3 };
  const isMadeUp = (name: string): boolean => /^[0-9a-f]{28}\./.test(name);
  it.each<[string, DnsScript, RegExp]>([
    ['denies everything', () => NXDOMAIN, /named in DNS_SERVERS says that big mail providers such as gmail\.com do not exist/],
    [
      'answers what nobody has registered',
      ({ name, type }) => {
        if (type === 'MX' && !isMadeUp(name)) return { answers: [{ name, type, data: { preference: 1, exchange: 'mx.test' } }] };
        return type === 'A' ? { answers: [{ name, type, ttl: 60, data: '127.0.0.1' }] } : {};
      },
      /gives answers for names that nobody has registered/,
    ],
    ['fails', () => ({ rcode: 2 }), /gives no answer about gmail\.com \(SERVFAIL\)/],
  ])('where the resolver %s ends with 1 and says so', async (_, script, sentence) => {
    const dns = await startScriptedDnsServer(script);
    const { code, failed, said } = await preflight({}, { domain: 'gmail.com', isNamed: false, env: { DNS_SERVERS: dns.server } });
    dns.close();
    expect(code).toBe(1);
    expect(failed[0]).toMatch(sentence);
    expect(said[0]).toBe(failed[0]);
  });

  it('warns about a private resolver that knows the tested domain', async () => {
    const dns = await startScriptedDnsServer(({ name, type }) => {
      if (!name.endsWith('good.test') && type !== 'PTR' && name !== 'probe.example.test') return NXDOMAIN;
      if (type === 'MX') return { answers: [{ name, type, data: { preference: 1, exchange: 'mx.good.test' } }] };
      if (type === 'PTR') return { answers: [{ name, type, ttl: 60, data: 'probe.example.test' }] };
      return type === 'A' ? { answers: [{ name, type, ttl: 60, data: '127.0.0.1' }] } : {};
    });
    const { code, failed, said } = await preflight({}, { env: { DNS_SERVERS: dns.server } });
    dns.close();
    expect({ code, failed }).toEqual({ code: 0, failed: [] });
    expect(said).toEqual([
      expect.stringMatching(
        /^Warning: The DNS resolver named in DNS_SERVERS says that big mail providers .*Because you chose it/,
      ),
      'This machine can verify.',
    ]);
  });

  it('ends with 1 if no resolver answers, with a sentence for each check that could not be made', async () => {
    const { code, failed, said } = await preflight({}, { env: { DNS_SERVERS: '127.0.0.1:1' } });
    expect(code).toBe(1);
    expect(failed).toHaveLength(3);
    expect(said).toEqual(failed);
  });
});
