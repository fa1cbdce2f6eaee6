// Runs the commands that call the API as separate processes, against the API's routes on a real socket.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as creditsRoute from '@/app/api/v1/credits/route';
import * as keysRoute from '@/app/api/v1/keys/route';
import * as keyRoute from '@/app/api/v1/keys/[id]/route';
import * as rotateRoute from '@/app/api/v1/keys/[id]/rotate/route';
import * as listsRoute from '@/app/api/v1/lists/route';
import * as listRoute from '@/app/api/v1/lists/[id]/route';
import * as downloadRoute from '@/app/api/v1/lists/[id]/download/route';
import * as startRoute from '@/app/api/v1/lists/[id]/start/route';
import * as verificationRoute from '@/app/api/v1/verifications/[id]/route';
import * as singleRoute from '@/app/api/v1/verify/single/route';
import type { Scope } from '@/lib/platform/scope';
import { makeKey } from '@/tests/api/call';
import { serve, type Served } from '@/tests/api/serve';
import { useWorker } from '@/tests/api/use-worker';
import { runCli } from '@/tests/cli/run-cli';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';

useTestDatabase();
useWorker();

let served: Served;
beforeAll(async () => {
  served = await serve({
    '/v1/credits': creditsRoute,
    '/v1/keys': keysRoute,
    '/v1/keys/[id]': keyRoute,
    '/v1/keys/[id]/rotate': rotateRoute,
    '/v1/lists': listsRoute,
    '/v1/lists/[id]': listRoute,
    '/v1/lists/[id]/download': downloadRoute,
    '/v1/lists/[id]/start': startRoute,
    '/v1/verifications/[id]': verificationRoute,
    '/v1/verify/single': singleRoute,
  });
});
afterAll(() => served.close());

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cli-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'email-verifier/login.json');
const run = (args: readonly string[], { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}) =>
  runCli(args, { input, env: { XDG_CONFIG_HOME: folder, ...env } });
const asKey = (key: string) => ({ EMAIL_VERIFIER_API_KEY: key, EMAIL_VERIFIER_BASE_URL: served.url });
const login = (key: string) => run(['login', '--base-url', `${served.url}/`], { input: `${key}\n` });

async function customer(credits = 20): Promise<{ scope: Scope; key: string }> {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope) };
}

describe('login', () => {
  it('keeps a key that the API accepts where only its user can read it, and logout forgets it', async () => {
    const { key } = await customer(1_234);
    const { code, stderr, lines } = await login(key);
    expect({ code, lines }).toEqual({ code: 0, lines: [] });
    expect(stderr).toContain(`Logged in to ${served.url}: 1,234 credits available.`);
    expect(stderr).not.toContain(key);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'email-verifier')).mode & 0o777).toBe(0o700);
    expect((await run(['credits'])).lines[0]).toBe('1,234 credits available, 0 held by running work.');
    expect((await run(['logout'])).stderr).toBe('Logged out.\n');
    expect(existsSync(file())).toBe(false);
    expect(await run(['credits'])).toMatchObject({ code: 3, lines: [] });
    expect((await run(['logout'])).code).toBe(0);
  });

  it('closes a file that others could read', async () => {
    const { key } = await customer();
    await login(key);
    writeFileSync(file(), readFileSync(file()), { mode: 0o644 });
    await login(key);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('keeps no key that does not exist or is public, and ends with 2 if none is given', async () => {
    const pub = await makeKey(await makeWorkspace(1), {
      mode: 'pub',
      scopes: ['verify:write'],
      allowedOrigins: ['https://shop.example'],
    });
    for (const key of ['evk_live_nonsense', pub]) expect(await login(key)).toMatchObject({ code: 3 });
    expect(await login('')).toMatchObject({ code: 2 });
    expect(existsSync(file())).toBe(false);
  });

  it('keeps a key without the scope for credits', async () => {
    const key = await makeKey(await makeWorkspace(1), { scopes: ['verify:write'] });
    expect(await login(key)).toMatchObject({ code: 0 });
    expect(await run(['credits'])).toMatchObject({ code: 3, lines: [] });
  });

  it('is overridden by the environment', async () => {
    await login((await customer(7)).key);
    const { lines } = await run(['credits', '--json'], { env: asKey((await customer(8)).key) });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ available: 8 });
  });

  it('refuses an invalid base URL, and a file that it did not write', async () => {
    expect(await run(['login', '--base-url', 'ftp://x'], { input: 'k\n' })).toMatchObject({ code: 2 });
    await login((await customer()).key);
    writeFileSync(file(), '{}');
    const { code, stderr } = await run(['credits']);
    expect(code).toBe(1);
    expect(stderr).toContain('was not written by login');
  });
});

describe('verify --hosted', () => {
  it('prints what the API answers, one JSON object a line, and charges as it does', async () => {
    const { key } = await customer(5);
    const input = 'mailbox-not-found@example.com\n{"email":"jane@example.com"}\nnot an address\n';
    const { code, lines, stderr } = await run(['verify', '--hosted', '--stdin'], { env: asKey(key), input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const Line = z.object({ input: z.string(), reason: z.string(), credits_charged: z.int() });
    const found = lines.map((line) => Line.parse(JSON.parse(line)));
    expect(found.toSorted((a, b) => a.input.localeCompare(b.input))).toEqual([
      { input: 'jane@example.com', reason: 'mailbox_exists', credits_charged: 1 },
      { input: 'mailbox-not-found@example.com', reason: 'mailbox_not_found', credits_charged: 1 },
      { input: 'not an address', reason: 'syntax_invalid', credits_charged: 0 },
    ]);
  });

  it('waits for what is pending as long as --max-wait says, and no longer', async () => {
    const env = asKey(await makeKey(await makeWorkspace(0), { mode: 'test' }));
    const args = ['verify', '--hosted', 'slow-12000@example.com'];
    const pending = await run(args, { env });
    expect(JSON.parse(pending.lines[0] ?? '')).toMatchObject({ status: 'pending' });
    const waited = await run([...args, '--max-wait', '30'], { env });
    expect(JSON.parse(waited.lines[0] ?? '')).toMatchObject({ status: 'deliverable' });
  });

  it.each([
    ['4 without credits', 4, () => customer(0)],
    ['3 with a key that may not', 3, async () => ({ key: await makeKey(await makeWorkspace(5), { scopes: ['credits:read'] }) })],
    ['3 with none', 3, () => Promise.resolve({ key: '' })],
  ])('ends with %s', async (_, exitCode, who) => {
    const { code, lines, stderr } = await run(['verify', '--hosted', 'jane@example.com'], { env: asKey((await who()).key) });
    expect({ code, lines }).toEqual({ code: exitCode, lines: [] });
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('ends with 5 where nobody listens, and with 2 for --offline or an unknown policy', async () => {
    const env = { EMAIL_VERIFIER_API_KEY: 'evk_test_x', EMAIL_VERIFIER_BASE_URL: 'http://127.0.0.1:9' };
    const away = await run(['verify', '--hosted', 'jane@example.com'], { env });
    expect(away).toMatchObject({ code: 5, lines: [] });
    expect(away.stderr).toContain('http://127.0.0.1:9');
    expect(await run(['verify', '--hosted', '--offline', 'jane@example.com'], { env })).toMatchObject({ code: 2 });
    expect(await run(['verify', '--policy', 'signup', 'jane@example.com'], { env })).toMatchObject({ code: 2 });
  });
});

describe('keys', () => {
  it('are created, rotated and revoked; only the secret is on standard output', async () => {
    const { key } = await customer(9);
    const env = asKey(key);
    const made = await run(['keys', 'create', 'Form', '--scope', 'verify:write', '--scope', 'credits:read', '--budget', '5'], {
      env,
    });
    expect(made.lines).toHaveLength(1);
    const secret = made.lines[0] ?? '';
    expect(await run(['credits'], { env: asKey(secret) })).toMatchObject({ code: 0 });
    const id = /key_\w+/.exec(made.stderr)?.[0] ?? '';
    const rotated = await run(['keys', 'rotate', id, '--old-hours', '0', '--json'], { env });
    const { key: newSecret } = z.object({ key: z.string() }).parse(JSON.parse(rotated.lines[0] ?? ''));
    expect(newSecret).not.toBe(secret);
    expect((await run(['keys'], { env })).lines.find((line) => line.startsWith(id))).toMatch(/live {2}…\w{4} {2}Form/);
    expect(await run(['keys', 'revoke', id], { env })).toMatchObject({ code: 2 });
    expect(await run(['keys', 'revoke', id, '--yes'], { env })).toMatchObject({ code: 0, stderr: '“Form” is revoked.\n' });
    expect(await run(['credits'], { env: asKey(newSecret) })).toMatchObject({ code: 3 });
  });

  it('need a scope, and only scopes that exist', async () => {
    const env = asKey((await customer()).key);
    expect(await run(['keys', 'create', 'Form'], { env })).toMatchObject({ code: 2 });
    const odd = await run(['keys', 'create', 'Form', '--scope', 'everything'], { env });
    expect(odd.code).toBe(1);
    expect(odd.stderr).toContain('400 invalid_request');
  });
});

describe('list', () => {
  const CSV = 'name,email\nAnn,ann@example.com\nBen,mailbox-not-found@example.com\nAnn again,ann@example.com\n';
  const upload = async (more: readonly string[], env: Record<string, string>) => {
    writeFileSync(join(folder, 'people.csv'), CSV);
    return run(['list', 'upload', join(folder, 'people.csv'), ...more], { env });
  };

  it('is uploaded and quoted, and nothing is spent before start; then watched, and downloaded whole', async () => {
    const env = asKey((await customer(5)).key);
    const up = await upload(['--name', 'People'], env);
    expect(up.code).toBe(0);
    expect(up.stderr).toMatch(/Uploading 100%/);
    expect(up.lines).toHaveLength(1);
    expect(up.lines[0]).toMatch(
      /^Ready: 2 addresses in 3 rows, at most 2 credits\. Start it: email-verifier list start lst_\w+ --watch$/,
    );
    expect((await run(['credits'], { env })).lines[0]).toMatch(/^5 credits/);
    writeFileSync(join(folder, 'one.csv'), 'email\nann@example.com\n');
    expect((await run(['list', 'upload', join(folder, 'one.csv')], { env })).lines[0]).toMatch(
      /^Ready: 1 address in 1 row, at most 1 credit\./,
    );
    const id = /lst_\w+/.exec(up.stderr)?.[0] ?? '';
    expect((await run(['list', 'watch', id], { env })).lines[0]).toMatch(/^Ready/);
    const done = await run(['list', 'start', id, '--watch', '--json'], { env });
    expect(done.code).toBe(0);
    expect(JSON.parse(done.lines[0] ?? '')).toMatchObject({ id, status: 'completed', progress: { processed: 2 } });
    const output = join(folder, 'verified.csv');
    expect(await run(['list', 'download', id, '--output', output], { env })).toMatchObject({ code: 0, lines: [] });
    const rows = readFileSync(output, 'utf8').trim().split('\n');
    expect(rows).toHaveLength(4);
    expect(rows[2]).toContain('mailbox_not_found');
    expect(existsSync(`${output}.part`)).toBe(false);
    const jsonl = await run(['list', 'download', id, '--format', 'jsonl'], { env });
    expect(jsonl.lines).toHaveLength(3);
  });

  it('goes from file to file in one command', async () => {
    const env = asKey(await makeKey(await makeWorkspace(0), { mode: 'test' }));
    const output = join(folder, 'verified.csv');
    const { code, lines } = await upload(['--start', '--output', output], env);
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^Completed: 1 deliverable/);
    expect(readFileSync(output, 'utf8')).toContain('mailbox_not_found');
  });

  it('ends with 2 without the file, 4 without credits, 1 without a column of addresses', async () => {
    const env = asKey((await customer(0)).key);
    const lost = await run(['list', 'upload', join(folder, 'nowhere.csv')], { env });
    expect(lost.code).toBe(2);
    expect(lost.stderr).toContain('nowhere.csv');
    const up = await upload([], env);
    const id = /lst_\w+/.exec(up.stderr)?.[0] ?? '';
    expect(await run(['list', 'start', id], { env })).toMatchObject({ code: 4, lines: [] });
    writeFileSync(join(folder, 'odd.csv'), 'a,b\n1,2\n');
    expect(await run(['list', 'upload', join(folder, 'odd.csv')], { env })).toMatchObject({ code: 1 });
    expect(await run(['list', 'watch', 'lst_00000000000000000000000000'], { env })).toMatchObject({ code: 1 });
  });

  it('leaves no partial file, and names the file that it cannot write', async () => {
    const env = asKey(await makeKey(await makeWorkspace(0), { mode: 'test' }));
    const up = await upload(['--start', '--watch'], env);
    const id = /lst_\w+/.exec(up.stderr)?.[0] ?? '';
    const output = join(folder, 'no/such/folder.csv');
    const { code, stderr } = await run(['list', 'download', id, '--output', output], { env });
    expect(code).toBe(2);
    expect(stderr).toContain(output);
  });
});
