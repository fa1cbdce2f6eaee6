// `verify` on resolvers that do not know the internet. If the operator chose the resolver, its denials are believed, but never about a
// provider that is known to exist.
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from '@/tests/cli/run-cli';
import { startScriptedDnsServer, type DnsScript, type ScriptedDnsServer } from '@/simulators/mail/scripted-dns-server';

const servers: ScriptedDnsServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const answerLine = z.object({ email: z.string(), status: z.string(), reason: z.string() });

async function reasonsBy(script: DnsScript, emails: readonly string[]) {
  const server = await startScriptedDnsServer(script);
  servers.push(server);
  const { lines } = await runCli(['verify', ...emails], { env: { DNS_SERVERS: server.server, MAIL_SANDBOX: 'on' } });
  const answers = lines.map((line) => answerLine.parse(JSON.parse(line)));
  return Object.fromEntries(answers.map(({ email, reason }) => [email, reason]));
}

it('a chosen resolver is believed about unknown domains, but not about providers that are known to exist', async () => {
  const reasons = await reasonsBy(
    () => ({ rcode: 3 }),
    ['a@gmail.com', 'a@outlook.de', 'a@laposte.net', 'a@hey.com', 'a@nobody-has-this.test', 'a@nothing-here.sandbox.test'],
  );
  expect(reasons).toEqual({
    'a@gmail.com': 'dns_temporary_error',
    'a@outlook.de': 'dns_temporary_error',
    'a@laposte.net': 'dns_temporary_error',
    'a@hey.com': 'dns_temporary_error',
    'a@nobody-has-this.test': 'domain_not_found',
    'a@nothing-here.sandbox.test': 'domain_not_found',
  });
});

it('a big provider without MX or address is believed no more than one without a domain', async () => {
  const reasons = await reasonsBy(
    ({ name }) => (name === 'gone.test' ? { rcode: 3 } : {}),
    ['a@gmail.com', 'a@stranger.test', 'a@gone.test'],
  );
  expect(reasons).toEqual({
    'a@gmail.com': 'dns_temporary_error',
    'a@stranger.test': 'no_mx',
    'a@gone.test': 'domain_not_found',
  });
});
