// The command line as installed: packed, put into an empty folder without any other package, and run there by name.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { runCli } from '@/tests/cli/run-cli';
import { startScriptedMailWorld } from '@/tests/cli/scripted-mail-world';
import { packCli } from '../../scripts/pack-cli';
import { E2E_DATA_DIR, PASSWORD } from './accounts';

// All tests share one package, so they run one after the other.
test.describe.configure({ mode: 'default' });
let folder = '';
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'installed-'));
  const tarball = await packCli(folder);
  writeFileSync(join(folder, 'package.json'), '{}');
  const args = ['install', '--offline', '--no-audit', '--no-fund', tarball];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Setting {
  input?: string;
  env?: Record<string, string>;
}

const settings = () => ({ PATH: process.env.PATH ?? '', HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') });

/** Asynchronous, because the test's own mail host answers in the meantime. */
function run(
  args: readonly string[],
  { input = '', env = {} }: Setting = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(join(folder, 'node_modules/.bin/email-verifier'), args, {
    cwd: folder,
    env: { NODE_ENV: 'production', ...settings(), ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((done, broke) => {
    child.once('error', broke);
    child.once('close', (code) => done({ code, ...said }));
  });
}

test('it is one package, and explains itself', async () => {
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['email-verifier-cli']);
  const { code, stderr } = await run(['--help']);
  expect(code).toBe(0);
  for (const command of ['verify', 'login', 'list', 'credits', 'keys', 'mcp', 'completion'])
    expect(stderr).toContain(`  ${command} `);
  expect(stderr).not.toContain('  user ');
  expect((await run(['list', 'upload', '--help'])).stderr).toContain('$ email-verifier list upload people.csv');
  expect(await run(['nonsense'])).toMatchObject({ code: 2 });
});

test('it verifies with the engine on this machine', async () => {
  const world = await startScriptedMailWorld({
    rcpt: (to) => (to.startsWith('ann@') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown'),
  });
  try {
    const { code, stdout, stderr } = await run(['verify', 'ann@a.test', 'zoe@a.test'], { env: world.env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const Line = z.object({ email: z.string(), reason: z.string() });
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)));
    expect(Object.fromEntries(found.map(({ email, reason }) => [email, reason]))).toEqual({
      'ann@a.test': 'mailbox_exists',
      'zoe@a.test': 'mailbox_not_found',
    });
  } finally {
    await world.close();
  }
  const offline = await run(['verify', '--offline', 'somebody@mailinator.com']);
  expect(JSON.parse(offline.stdout)).toMatchObject({ reason: 'disposable' });
});

test('it logs in to the product, says the credits, verifies there, serves an agent, and logs out', async ({ baseURL }) => {
  const site = baseURL ?? '';
  const account = ['--email', `cli-${Date.now()}@example.org`, '--password', PASSWORD];
  const made = await runCli(['user', 'create', ...account], { env: { DATA_DIR: E2E_DATA_DIR } });
  const { api_key: key } = z.object({ api_key: z.string() }).parse(JSON.parse(made.lines[0] ?? made.stderr));
  const login = await run(['login', '--base-url', site], { input: `${key}\n` });
  expect(login.stderr).toContain(`Logged in to ${site}`);
  expect(statSync(join(folder, 'config/email-verifier/login.json')).mode & 0o777).toBe(0o600);
  expect((await run(['credits'])).stdout).toMatch(/^100 credits available/);
  const verified = await run(['verify', '--hosted', 'alice@deliverable.sandbox.test']);
  expect(JSON.parse(verified.stdout)).toMatchObject({ status: 'deliverable', credits_charged: 1 });
  writeFileSync(join(folder, 'people.csv'), 'email\nalice@deliverable.sandbox.test\nnobody@deliverable.sandbox.test\n');
  const list = await run(['list', 'upload', 'people.csv', '--start', '--output', 'verified.csv']);
  expect(list.stdout).toMatch(/^Completed: 1 deliverable/);
  for (const transport of [
    new StreamableHTTPClientTransport(new URL('/mcp', site), { requestInit: { headers: { authorization: `Bearer ${key}` } } }),
    new StdioClientTransport({ command: join(folder, 'node_modules/.bin/email-verifier'), args: ['mcp'], env: settings() }),
  ]) {
    const agent = new Client({ name: 'test', version: '1.0.0' });
    await agent.connect(transport);
    const told = await agent.callTool({ name: 'verify_email', arguments: { email: 'alice@deliverable.sandbox.test' } });
    expect(JSON.stringify(told.content)).toContain('mailbox_exists');
    await agent.close();
  }
  expect(await run(['logout'])).toMatchObject({ code: 0 });
  expect(await run(['credits'])).toMatchObject({ code: 3, stdout: '' });
});

test('bash completes its commands and options', async () => {
  const script = join(folder, 'completion.bash');
  writeFileSync(script, (await run(['completion', 'bash'])).stdout);
  const complete = (...words: string[]) => {
    const typed = `COMP_WORDS=(email-verifier ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`;
    const shell = spawnSync('bash', ['-c', `source ${script}; ${typed}; _email_verifier; printf '%s\\n' "\${COMPREPLY[@]}"`], {
      encoding: 'utf8',
    });
    expect(shell.stderr).toBe('');
    return shell.stdout.trim().split('\n');
  };
  expect(complete('cre')).toEqual(['credits']);
  expect(complete('list', '')).toEqual(expect.arrayContaining(['upload', 'watch', 'download', '--help']));
  expect(complete('list', 'upload', '--un')).toEqual(['--until-empty']);
  expect(complete('verify', '--')).toEqual(expect.arrayContaining(['--hosted', '--offline']));
});
