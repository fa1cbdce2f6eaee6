import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DESTINATION_LIMITS } from '@/lib/platform/limits';
import { runCli } from '@/tests/cli/run-cli';
import { startScriptedMailWorld, type ScriptedMailWorld } from '@/tests/cli/scripted-mail-world';

const answerLine = z.object({
  input: z.string(),
  email: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  score: z.number().nullable(),
  grade: z.string().nullable(),
  grade_basis: z.array(z.object({ code: z.string(), points: z.int(), basis: z.string() })),
  flags: z.record(z.string(), z.boolean().nullable()),
  mx: z.object({ host: z.string().nullable() }),
  evidence: z.array(
    z.object({
      at: z.iso.datetime(),
      layer: z.string(),
      stage: z.string(),
      meaning: z.string().nullable(),
      remembered: z.boolean(),
    }),
  ),
  duration_ms: z.int(),
});
const answersIn = (lines: readonly string[]) => lines.map((line) => answerLine.parse(JSON.parse(line)));
const reasonsIn = (lines: readonly string[]) => Object.fromEntries(answersIn(lines).map(({ email, reason }) => [email, reason]));

const firstAsked = new Map<string, number>();
/** Greylists once, for a second; after that `ann` exists. */
function greylist(to: string): string {
  const since = firstAsked.get(to);
  firstAsked.set(to, since ?? Date.now());
  if (since === undefined || Date.now() - since < 1_000) return '450 4.2.0 Greylisted, please try again in 1 seconds';
  return to.startsWith('ann@') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown';
}

/** Fails temporarily for a second. */
function busy(to: string): string {
  const since = firstAsked.get(to);
  firstAsked.set(to, since ?? Date.now());
  if (since === undefined || Date.now() - since < 1_000) return '451 4.3.0 Temporary system problem. Try again in 2 seconds';
  return to.startsWith('ann@') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown';
}

let world: ScriptedMailWorld;
beforeAll(async () => {
  world = await startScriptedMailWorld({
    rcpt: (to) => {
      if (to.includes('@grey.')) return greylist(to);
      if (to.includes('@busy.')) return busy(to);
      if (to.includes('@any.')) return '250 2.1.5 Ok';
      return /^(ann|ben)@/.test(to) ? '250 2.1.5 Ok' : '550 5.1.1 User unknown';
    },
  });
});
afterAll(() => world.close());

describe('verify', () => {
  it('says for each address what the mail host said, one JSON object a line, and never sends DATA', async () => {
    const { code, lines, stderr } = await runCli(['verify', 'ann@a.test', 'zoe@a.test', 'ann@nowhere.test'], { env: world.env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(reasonsIn(lines)).toEqual({
      'ann@a.test': 'mailbox_exists',
      'zoe@a.test': 'mailbox_not_found',
      'ann@nowhere.test': 'domain_not_found',
    });
    expect(world.host.connections.flatMap((connection) => connection.lines).filter((line) => /^DATA/i.test(line))).toEqual([]);
  });

  it('grades catch-all answers by the name alone, and no others', async () => {
    const emails = ['maria.lopez@any.test', 'qzxkvbnwj@any.test', 'ann@c.test'];
    const { lines } = await runCli(['verify', ...emails], { env: world.env });
    const grades = answersIn(lines).map(({ email, reason, grade, grade_basis: basis }) => [
      email,
      [reason, grade, basis.map(({ code }) => code)],
    ]);
    expect(Object.fromEntries(grades)).toEqual({
      'maria.lopez@any.test': ['catch_all', 'uncertain', ['name_of_a_person']],
      'qzxkvbnwj@any.test': ['catch_all', 'unlikely', ['random_letters']],
      'ann@c.test': ['mailbox_exists', null, []],
    });
  });

  it('reads addresses and objects from standard input, whatever the line ends, past a byte order mark and blank lines', async () => {
    const input = '\uFEFF{"email":"ann@b.test","ref":7}\r\n\r\n  ben@b.test \n \nnot an address\n{"email":5}\nzoe@b.test';
    const { code, lines } = await runCli(['verify', '--stdin'], { env: world.env, input });
    expect(code).toBe(0);
    expect(reasonsIn(lines)).toEqual({
      'ann@b.test': 'mailbox_exists',
      'ben@b.test': 'mailbox_exists',
      'not an address': 'syntax_invalid',
      '{"email":5}': 'syntax_invalid',
      'zoe@b.test': 'mailbox_not_found',
    });
  });

  it('repeats each input exactly as it came, so that lines can be joined on it', async () => {
    const input = '  Ann@c.test \t\n{"email":" ben@c.test","ref":7}\nnot an address \n';
    const expected = [
      ['  Ann@c.test \t', 'Ann@c.test'],
      [' ben@c.test', 'ben@c.test'],
      ['not an address ', 'not an address'],
    ];
    for (const more of [[], ['--offline']]) {
      const { lines } = await runCli(['verify', '--stdin', ...more], { env: world.env, input });
      expect(new Map(answersIn(lines).map((answer) => [answer.input, answer.email]))).toEqual(
        new Map(expected.map(([a = '', b = '']) => [a, b])),
      );
    }
  });

  it('leaves a greylisted address undecided without --max-wait, and asks again within it', async () => {
    const without = await runCli(['verify', 'ann@grey.one.test'], { env: world.env });
    expect(reasonsIn(without.lines)).toEqual({ 'ann@grey.one.test': 'greylisted' });
    const within = await runCli(['verify', 'ann@grey.two.test', 'zoe@grey.two.test', '--max-wait', '8'], { env: world.env });
    expect(reasonsIn(within.lines)).toEqual({ 'ann@grey.two.test': 'mailbox_exists', 'zoe@grey.two.test': 'mailbox_not_found' });
  });

  it('keeps the evidence of every attempt in the line', async () => {
    const { lines } = await runCli(['verify', 'ann@grey.three.test', '--max-wait', '8'], { env: world.env });
    const [answer] = answersIn(lines);
    expect(
      answer?.evidence.flatMap(({ stage, layer, meaning }) => (stage === 'rcpt' && layer === 'smtp' ? meaning : [])),
    ).toEqual(['greylisted', 'accepted']);
    const [refused, accepted] = answer?.evidence.filter(({ stage, layer }) => stage === 'rcpt' && layer === 'smtp') ?? [];
    const passedMs = Date.parse(accepted?.at ?? '') - Date.parse(refused?.at ?? '');
    expect(passedMs).toBeGreaterThan(1_000);
    expect(answer?.duration_ms).toBeGreaterThanOrEqual(passedMs);
  });

  it('dates evidence from memory by when it was learned', async () => {
    const { lines } = await runCli(['verify', 'ann@memory.test', 'ann@grey.memory.test', '--max-wait', '8'], { env: world.env });
    for (const { evidence, email } of answersIn(lines)) {
      const dns = evidence.filter(({ stage }) => stage === 'dns');
      const first = dns.filter(({ remembered }) => !remembered);
      const again = dns.filter(({ remembered }) => remembered);
      expect(first.length).toBeGreaterThan(0);
      expect(again.length > 0).toBe(email.includes('grey'));
      for (const item of again) expect(first.map(({ at }) => at)).toContain(item.at);
    }
  });

  it('asks a busy host again within --max-wait, and leaves the address undecided without it', async () => {
    const without = await runCli(['verify', 'ann@busy.one.test'], { env: world.env });
    expect(reasonsIn(without.lines)).toEqual({ 'ann@busy.one.test': 'temporary_failure' });
    const within = await runCli(['verify', 'ann@busy.two.test', '--max-wait', '8'], { env: world.env });
    expect(reasonsIn(within.lines)).toEqual({ 'ann@busy.two.test': 'mailbox_exists' });
  });

  it('answers each of many addresses of one domain once, with few connections, one probe and one question for its postmaster', async () => {
    const before = { connections: world.host.connections.length, asked: world.host.asked.length };
    const input = Array.from({ length: 200 }, (_, n) => `zoe.n${String(n)}@many.test`).join('\n');
    const { lines } = await runCli(['verify', '--stdin'], { env: world.env, input });
    expect(new Set(answersIn(lines).map(({ email }) => email)).size).toBe(200);
    expect(lines).toHaveLength(200);
    expect(world.host.connections.length - before.connections).toBeLessThanOrEqual(14);
    const asked = world.host.asked.slice(before.asked);
    const isOurs = (address: string) => /^zoe\.n\d+@/.test(address);
    expect(new Set(asked.filter(isOurs)).size).toBe(200);
    // Up to twelve refused addresses are asked again, because nobody was accepted: three first in a session, twice; with the other sender
    // one, and up to five once three were refused.
    expect(asked.filter(isOurs).length).toBeLessThanOrEqual(212);
    const others = asked.filter((address) => !isOurs(address));
    expect(others).toHaveLength(2);
    expect(others).toContain('postmaster@many.test');
  });

  it('asks nobody when --offline', async () => {
    const before = world.host.connections.length;
    const input = 'info@a.test\nann@mailinator.com\nann@@a.test\n';
    const { lines } = await runCli(['verify', '--stdin', '--offline'], { env: world.env, input });
    expect(reasonsIn(lines)).toEqual({
      'info@a.test': null,
      'ann@mailinator.com': 'disposable',
      'ann@@a.test': 'syntax_invalid',
    });
    expect(world.host.connections.length).toBe(before);
  });

  it('ends quietly when its reader is gone', async () => {
    const input = Array.from({ length: 20_000 }, (_, n) => `ann${String(n)}@a.test`).join('\n');
    const { code, stderr } = await runCli(['verify', '--stdin', '--offline'], { input, readsLines: 1 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('domains whose mail hosts have different names and one address', () => {
  it('open no more sessions there than its limit, and addresses that wait are answered, not timed out', async () => {
    const slow = await startScriptedMailWorld(
      { greetAfterMs: 250, rcpt: (to) => (to.startsWith('ann@') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown') },
      { hasOwnNames: true },
    );
    try {
      const emails = Array.from({ length: 80 }, (_, n) => `ann@customer${String(n)}.test`);
      const { code, lines } = await runCli(['verify', '--stdin'], { env: slow.env, input: emails.join('\n') });
      expect(code).toBe(0);
      expect(reasonsIn(lines)).toEqual(Object.fromEntries(emails.map((email) => [email, 'mailbox_exists'])));
      expect(slow.host.mostOpen).toBeLessThanOrEqual(DESTINATION_LIMITS.anAddress.sessions);
    } finally {
      await slow.close();
    }
  });

  it('are asked even if they wait longer than the time budget of one address', async () => {
    // At ten sessions at a time and four seconds each, these domains take more than twice fifteen seconds.
    const slow = await startScriptedMailWorld(
      { greetAfterMs: 4_000, rcpt: () => '550 5.1.1 User unknown' },
      { hasOwnNames: true },
    );
    try {
      const emails = Array.from({ length: 90 }, (_, n) => `zoe@customer${String(n)}.test`);
      const { lines } = await runCli(['verify', ...emails], { env: slow.env });
      expect(reasonsIn(lines)).toEqual(Object.fromEntries(emails.map((email) => [email, 'mailbox_not_found'])));
    } finally {
      await slow.close();
    }
  });
});

describe('wrong use', () => {
  it.each([
    ['no address', ['verify'], /Name an address/],
    ['a concurrency of nothing', ['verify', '--concurrency', '0', 'ann@a.test'], /whole number from 1/],
    ['an unknown option', ['verify', '--nope'], /unknown option/],
    ['an unknown command', ['verfy', 'ann@a.test'], /unknown command 'verfy'/],
    ['no command', [], /Usage: email-verifier/],
  ])('%s ends with 2 and a sentence', async (_, args, sentence) => {
    const { code, lines, stderr } = await runCli(args);
    expect({ code, lines }).toEqual({ code: 2, lines: [] });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('a wrong setting ends with 1 and names it', async () => {
    const { code, stderr } = await runCli(['verify', 'ann@a.test'], { env: { SMTP_PORT: '99999' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/SMTP_PORT/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('--help lists the commands and ends with 0', async () => {
    const { code, stderr } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const command of ['verify', 'classify', 'user', 'preflight']) expect(stderr).toContain(`  ${command}`);
  });
});
