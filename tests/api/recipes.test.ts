// Runs the recipes of the documentation: shell programs in a shell, the sheet's script and the code of workflows in a context like theirs,
// and n8n's workflow node by node. All of them call real routes over a real socket, with a test key.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as credits from '@/app/api/v1/credits/route';
import * as list from '@/app/api/v1/lists/[id]/route';
import * as download from '@/app/api/v1/lists/[id]/download/route';
import * as batch from '@/app/api/v1/verify/batch/route';
import * as single from '@/app/api/v1/verify/single/route';
import * as emailable from '@/app/compat/emailable/v1/verify/route';
import * as kickbox from '@/app/compat/kickbox/v2/verify/route';
import * as neverbounce from '@/app/compat/neverbounce/v4.2/single/check/route';
import * as reacher from '@/app/compat/reacher/v0/check_email/route';
import * as zerobounce from '@/app/compat/zerobounce/v2/validate/route';
import { RECIPES_DIR } from '@/content/docs/read-snippets';
import { deliver } from '@/sdks/conformance/signed';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeKey } from './call';
import { useRouteServer } from './route-server';
import { useWorker } from './use-worker';

useTestDatabase();
useWorker();
const server = useRouteServer({
  '/v1/credits': credits,
  '/v1/lists/{id}': list,
  '/v1/lists/{id}/download': download,
  '/v1/verify/batch': batch,
  '/v1/verify/single': single,
  '/compat/emailable/v1/verify': emailable,
  '/compat/kickbox/v2/verify': kickbox,
  '/compat/neverbounce/v4.2/single/check': neverbounce,
  '/compat/reacher/v0/check_email': reacher,
  '/compat/zerobounce/v2/validate': zerobounce,
});

let key = '';
beforeAll(async () => {
  key = await makeKey(await makeWorkspace(100, 'business'), { mode: 'test' });
});

const settings = () => ({ EMAIL_VERIFIER_API_KEY: key, EMAIL_VERIFIER_BASE_URL: server.url() });
const read = (name: string): string => readFileSync(join(RECIPES_DIR, name), 'utf8');

async function run(command: string, args: readonly string[], more: { cwd?: string; env?: Record<string, string> } = {}) {
  const env = { ...process.env, ...settings(), ...more.env };
  const child = spawn(command, args, { env, cwd: more.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => child.once('close', done));
  const [out, trouble] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect(trouble).toBe('');
  return out;
}

describe('in a shell', () => {
  it.each([
    ['credits.sh', { available: 100 }],
    ['from-zerobounce.sh', { status: 'invalid', sub_status: 'mailbox_not_found' }],
    ['from-neverbounce.sh', { status: 'success', result: 'invalid' }],
    ['from-kickbox.sh', { result: 'undeliverable', reason: 'rejected_email' }],
    ['from-emailable.sh', { state: 'undeliverable', reason: 'rejected_email' }],
    ['from-reacher.sh', { is_reachable: 'invalid' }],
  ])('%s prints what its page says', async (name, expected) => {
    expect(JSON.parse(await run('sh', [resolve(RECIPES_DIR, name)]))).toMatchObject(expected);
  });

  it('a batch becomes a list, and its sendable rows become a file', async () => {
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(await run('sh', [resolve(RECIPES_DIR, 'batch.sh')])));
    await expect.poll(async () => statusOf(id)).toBe('completed');
    const cwd = mkdtempSync(join(tmpdir(), 'recipe-'));
    await run('sh', [resolve(RECIPES_DIR, 'download.sh')], { cwd, env: { LIST_ID: id } });
    const file = readFileSync(join(cwd, 'send.csv'), 'utf8');
    expect(file).toContain('mailbox-exists@example.com');
    expect(file).not.toContain('null-mx');
    rmSync(cwd, { recursive: true });
  });
});

async function statusOf(id: string): Promise<string> {
  const response = await fetch(`${server.url()}/v1/lists/${id}`, { headers: { 'X-API-Key': key } });
  return z.object({ status: z.string() }).parse(await response.json()).status;
}

describe('in Google Sheets', () => {
  const RUNS = z.array(z.object({ value: z.array(z.array(z.string())), calls: z.number() }));
  const calculate = async (...cells: readonly unknown[]) =>
    RUNS.parse(
      JSON.parse(
        await run('node', [
          'tests/api/apps-script.mjs',
          join(RECIPES_DIR, 'google-sheets.js'),
          'VERIFY_EMAIL',
          JSON.stringify(cells),
        ]),
      ),
    );

  it('a column gets its three columns, each address is asked about once, and a second time only if it may be known then', async () => {
    const column = ['mailbox-exists', 'catch-all', 'mailbox-exists', 'greylisted'].map((name) => [`${name}@example.com`]);
    const [first, second] = await calculate([...column, ['']]);
    expect(first).toEqual({
      calls: 3,
      value: [
        ['deliverable', 'mailbox_exists', 'send'],
        ['risky', 'catch_all', expect.any(String)],
        ['deliverable', 'mailbox_exists', 'send'],
        ['unknown', 'greylisted', expect.any(String)],
        ['', '', ''],
      ],
    });
    expect(second).toEqual({ ...first, calls: 4 });
  });

  it('a single cell works, and a refusal is shown in the cell', async () => {
    const [answered] = await calculate('http-402@example.com');
    expect(answered?.value).toEqual([['error', 'insufficient_credits', expect.stringContaining('402')]]);
  });
});

describe('in n8n', () => {
  const workflow = z
    .object({
      nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.string(), z.unknown()) })),
      connections: z.record(z.string(), z.object({ main: z.array(z.array(z.object({ node: z.string() }))) })),
    })
    .parse(JSON.parse(read('n8n.json')));
  const REQUEST = z.object({
    method: z.string(),
    url: z.string(),
    jsonBody: z.string(),
    genericAuthType: z.literal('httpHeaderAuth'),
  });
  const CONDITIONS = z.object({
    conditions: z.object({
      conditions: z.tuple([
        z.object({ leftValue: z.string(), rightValue: z.string(), operator: z.object({ operation: z.literal('notEquals') }) }),
      ]),
    }),
  });

  /** Text after `=` with `{{ expressions }}` in it. */
  const evaluate = (template: string, $json: unknown): string =>
    template
      .replace(/^=/, '')
      .replaceAll(/\{\{(.*?)\}\}(?!\})/gs, (_, expression: string) =>
        String(runInContext(expression, createContext({ $json, $env: settings(), JSON }))),
      );
  const parametersOf = (type: string) => workflow.nodes.find((node) => node.type === `n8n-nodes-base.${type}`)?.parameters;

  async function goThrough(email: string): Promise<boolean> {
    const { method, url, jsonBody } = REQUEST.parse(parametersOf('httpRequest'));
    const signup = { body: { email } };
    const response = await fetch(evaluate(url, signup), {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: evaluate(jsonBody, signup),
    });
    const answer: unknown = await response.json();
    const [{ leftValue, rightValue }] = CONDITIONS.parse(parametersOf('if')).conditions.conditions;
    return evaluate(leftValue, answer) !== rightValue;
  }

  it('each node is there and leads to the next', () => {
    const names = workflow.nodes.map(({ name }) => name);
    const led = Object.entries(workflow.connections).map(([from, { main }]) => [from, ...main.flat().map(({ node }) => node)]);
    expect(led).toEqual(names.slice(1).map((name, index) => [names[index], name]));
  });

  it.each([
    ['mailbox-exists', true],
    ['greylisted', true],
    ['mailbox-not-found', false],
    ['disposable', false],
  ])('%s goes on: %s', async (name, isExpected) => {
    expect(await goThrough(`${name}@example.com`)).toBe(isExpected);
  });
});

describe('in Zapier', () => {
  const require = createRequire(import.meta.url);

  async function runCode(name: string, inputData: Record<string, string>): Promise<unknown> {
    const context = createContext({ inputData, fetch, require, Buffer, output: null });
    await runInContext(`(async () => {${read(name)}\n})()`, context);
    return context.output;
  }

  it('an address is verified', async () => {
    const output = await runCode('zapier-verify.js', { email: 'catch-all@example.com', api_key: key, base_url: server.url() });
    expect(output).toMatchObject({ email: 'catch-all@example.com', status: 'risky', reason: 'catch_all' });
  });

  it('a refusal ends the Zap', async () => {
    const input = { email: 'http-429@example.com', api_key: key, base_url: server.url() };
    await expect(runCode('zapier-verify.js', input)).rejects.toThrow('rate_limited');
  });

  const SECRET = `whsec_${Buffer.from('the secret of an example, 32 by.').toString('base64')}`;
  function hook(atS: number, more: Record<string, string> = {}): Record<string, string> {
    const payload = JSON.stringify({
      event: 'list.completed',
      event_id: 'evt_1',
      data: { list_id: 'lst_1', status: 'completed' },
    });
    const { headers } = deliver({
      payload,
      tampered: undefined,
      id: 'evt_1',
      at_s: atS,
      signed_with: [SECRET],
      secret: SECRET,
      headers: {},
      without: [],
      uppercase: false,
    });
    const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signature = '' } = headers;
    return { body: payload, id, timestamp, signature, secret: SECRET, ...more };
  }

  it('a webhook of ours goes on with its fields', async () => {
    expect(await runCode('zapier-webhook.js', hook(0))).toEqual({
      event: 'list.completed',
      event_id: 'evt_1',
      list_id: 'lst_1',
      status: 'completed',
    });
  });

  it.each([
    ['changed on its way', hook(0, { body: '{"event":"list.failed"}' })],
    ['signed by somebody else', hook(0, { secret: `whsec_${Buffer.from('another').toString('base64')}` })],
    ['of six minutes ago', hook(-360)],
  ])('one that was %s does not', async (_, input) => {
    await expect(runCode('zapier-webhook.js', input)).rejects.toThrow(/signature|older/);
  });
});
