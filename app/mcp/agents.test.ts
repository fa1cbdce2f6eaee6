// The tools as an agent sees them: through the protocol's own client, over a socket and over standard input and output.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GET as getCredits } from '@/app/api/v1/credits/route';
import * as verifySingle from '@/app/api/v1/verify/single/route';
import * as verification from '@/app/api/v1/verifications/[id]/route';
import * as verifyBatch from '@/app/api/v1/verify/batch/route';
import * as list from '@/app/api/v1/lists/[id]/route';
import { getBalance } from '@/lib/credits/balance';
import { TOOLS } from '@/lib/mcp/server';
import { makeKey } from '@/tests/api/call';
import { serve, type Served } from '@/tests/api/serve';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import * as mcp from './route';

useTestDatabase();
useWorker();

const Content = z.object({
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
  isError: z.boolean().optional(),
});

let served: Served;
const clients: Client[] = [];
beforeAll(async () => {
  served = await serve({
    '/mcp': mcp,
    '/v1/credits': { GET: getCredits },
    '/v1/verify/single': verifySingle,
    '/v1/verify/batch': verifyBatch,
    '/v1/verifications/[id]': verification,
    '/v1/lists/[id]': list,
  });
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
afterAll(() => served.close());

const WAYS = ['http', 'stdio'] as const;

const transportOf = (way: (typeof WAYS)[number], key: string, url = served.url) =>
  way === 'http'
    ? new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers: { authorization: `Bearer ${key}` } } })
    : new StdioClientTransport({
        command: process.execPath,
        args: ['dist/cli.js', 'mcp'],
        env: { PATH: process.env.PATH ?? '', HOME: '/nowhere', EMAIL_VERIFIER_API_KEY: key, EMAIL_VERIFIER_BASE_URL: url },
        stderr: 'pipe',
      });

async function agent(way: (typeof WAYS)[number], key: string, url?: string) {
  const client = new Client({ name: 'test', version: '1.0.0' });
  clients.push(client);
  await client.connect(transportOf(way, key, url));
  const use = async (name: string, given: Record<string, unknown> = {}) => {
    const { content, isError = false } = Content.parse(await client.callTool({ name, arguments: given }));
    return { isError, text: content.map(({ text }) => text).join('') };
  };
  return { client, use };
}

describe.each(WAYS)('over %s', (way) => {
  it('the tools are listed, verify, and charge as the API does', async () => {
    const scope = await makeWorkspace(20, 'business');
    const { client, use } = await agent(way, await makeKey(scope));
    expect(client.getServerVersion()).toMatchObject({ name: 'email-verifier' });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
    const verified = await use('verify_email', { email: 'mailbox-not-found@example.com' });
    expect(verified.isError).toBe(false);
    expect(JSON.parse(verified.text)).toMatchObject({ status: 'undeliverable', reason: 'mailbox_not_found', credits_charged: 1 });
    expect(await getBalance(scope)).toMatchObject({ balance: 19 });
    const many = await use('verify_emails', { emails: ['a@example.com', 'b@example.com'], start: false });
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(many.text));
    expect(JSON.parse((await use('get_list', { list_id: id })).text)).toMatchObject({ id, quote: { unique: 2 } });
  });

  it('a refusal is a tool result in words', async () => {
    const { use } = await agent(way, await makeKey(await makeWorkspace(0, 'business'), { scopes: ['verify:write'] }));
    const poor = await use('verify_email', { email: 'jane@example.com' });
    expect(poor.isError).toBe(true);
    expect(poor.text).toMatch(/^This needs 1 credit; you have 0 and need 1 more\. \(402 insufficient_credits, request req_/);
    const closed = await use('get_credits');
    expect(closed.isError).toBe(true);
    expect(closed.text).toContain('403 insufficient_scope');
  });

  it('ten calls at once get ten answers', async () => {
    const { use } = await agent(way, await makeKey(await makeWorkspace(0), { mode: 'test' }));
    const emails = Array.from({ length: 10 }, (_, at) => `u${at}@example.com`);
    const answers = await Promise.all(emails.map((email) => use('verify_email', { email })));
    expect(answers.map(({ text }) => z.object({ email: z.string() }).parse(JSON.parse(text)).email)).toEqual(emails);
  });
});

it('over http, calls without a key or with a public key are refused', async () => {
  await expect(agent('http', 'evk_live_nonsense')).rejects.toThrow(/invalid_key/);
  const key = await makeKey(await makeWorkspace(1), {
    mode: 'pub',
    scopes: ['verify:write'],
    allowedOrigins: ['https://shop.example'],
  });
  const pub = await fetch(`${served.url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      origin: 'https://shop.example',
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect(pub.status).toBe(403);
});

it('over stdio, an unreachable API is reported and the agent continues', async () => {
  const { use } = await agent('stdio', 'evk_test_whatever', 'http://127.0.0.1:9');
  const lost = await use('get_credits');
  expect(lost).toEqual({
    isError: true,
    text: 'The API at http://127.0.0.1:9 could not be reached, or did not answer in time.',
  });
  expect((await use('get_credits')).isError).toBe(true);
});
