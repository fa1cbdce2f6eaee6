import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from '@/tests/cli/run-cli';
import { startScriptedMailWorld, type ScriptedMailWorld } from '@/tests/cli/scripted-mail-world';
import type { MailHostScript } from '@/worker/adapters/smtp/scripted-mail-host';

const checkLine = z.object({ check: z.string(), ok: z.boolean(), detail: z.string() });
const worlds: ScriptedMailWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function preflight(script: MailHostScript, { domain = 'good.test', env = {} } = {}) {
  const world = await startScriptedMailWorld(script);
  worlds.push(world);
  const { code, lines, stderr } = await runCli(['preflight', '--domain', domain], { env: { ...world.env, ...env } });
  const failed = lines.map((line) => checkLine.parse(JSON.parse(line))).filter(({ ok }) => !ok);
  return { world, code, failed: failed.map(({ detail }) => detail), said: stderr.trim().split('\n') };
}

describe('preflight', () => {
  it('where all is well ends with 0, having said QUIT right after the greeting', async () => {
    const { world, code, failed, said } = await preflight({});
    expect({ code, failed, said }).toEqual({ code: 0, failed: [], said: ['This machine can verify.'] });
    expect(world.host.connections.map(({ lines }) => lines)).toEqual([['QUIT']]);
  });

  it('reads the PTR from DNS: what this machine calls itself in its own hosts file is nobody else’s truth', async () => {
    const identity = [{ address: '127.0.0.1', helo: 'localhost', mail_from: '' }];
    const { code, failed } = await preflight({}, { env: { SENDING_IDENTITIES: JSON.stringify(identity) } });
    expect(code).toBe(1);
    expect(failed).toEqual(['The identity 127.0.0.1 says HELO localhost, but its PTR name is probe.example.test.']);
  });

  it.each<[string, MailHostScript, RegExp]>([
    ['refuses this machine', { greeting: '554 5.7.1 go away' }, /does not welcome this machine: 554 go away/],
    ['hangs up at once', { raw: (socket) => socket.end() }, /gives no greeting/],
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

  it('where no resolver answers ends with 1 and a sentence for each check that could not be made', async () => {
    const { code, failed, said } = await preflight({}, { env: { DNS_SERVERS: '127.0.0.1:1' } });
    expect(code).toBe(1);
    expect(failed).toHaveLength(3);
    expect(said).toEqual(failed);
  });
});
