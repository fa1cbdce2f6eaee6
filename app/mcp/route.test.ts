// The tools as an agent sees them: through the protocol's own client, over the route.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getBalance } from '@/lib/credits/balance';
import { TOOLS } from '@/lib/mcp/server';
import type { Scope } from '@/lib/platform/scope';
import { call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();
useWorker();

const ADDRESS = 'http://localhost:3000/mcp';
const NO_PARAMS = { params: Promise.resolve({}) };
const Content = z.object({
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
  isError: z.boolean().optional(),
});

/** A client that sends its requests to the route from the given network address. */
async function agent(key: string, from = '192.0.2.1') {
  const transport = new StreamableHTTPClientTransport(new URL(ADDRESS), {
    requestInit: { headers: { authorization: `Bearer ${key}`, 'x-client-address': from, host: 'localhost:3000' } },
    fetch: (url, init) => {
      const request = new Request(url, init);
      return request.method === 'POST' ? POST(request, NO_PARAMS) : GET(request, NO_PARAMS);
    },
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  const use = async (name: string, given: Record<string, unknown> = {}) => {
    const { content, isError = false } = Content.parse(await client.callTool({ name, arguments: given }));
    const text = content.map((part) => part.text).join('');
    return { isError, text, json: (): unknown => JSON.parse(text) };
  };
  return { client, use };
}

async function customer(credits = 20, mode: 'live' | 'test' = 'live'): Promise<{ scope: Scope; key: string }> {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope, { mode }) };
}

it('offers the tools of the table, with their parameters', async () => {
  const { client } = await agent((await customer()).key);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
  const verify = tools.find(({ name }) => name === 'verify_email');
  expect(verify?.inputSchema.required).toContain('email');
  expect(tools.filter(({ annotations }) => annotations?.readOnlyHint === true)).toHaveLength(5);
});

it('verifies one address, and charges as the API does', async () => {
  const { scope, key } = await customer();
  const { use } = await agent(key);
  const verified = await use('verify_email', { email: 'jane@example.com' });
  expect(verified.json()).toMatchObject({ status: 'deliverable', reason: 'mailbox_exists', credits_charged: 1 });
  const { id } = z.object({ id: z.string() }).parse(verified.json());
  expect((await use('get_verification', { id })).json()).toMatchObject({ id, status: 'deliverable' });
  expect((await use('get_credits')).json()).toMatchObject({ available: (await getBalance(scope)).available });
});

it('verifies many as a list, and reads it', async () => {
  const { use } = await agent((await customer(5, 'test')).key);
  const made = await use('verify_emails', { emails: ['a@example.com', 'mailbox-not-found@example.com'], start: false });
  const { id } = z.object({ id: z.string() }).parse(made.json());
  expect((await use('get_list', { list_id: id })).json()).toMatchObject({ id, status: 'ready' });
  expect((await use('start_list', { list_id: id })).isError).toBe(false);
  expect((await use('get_list_results', { list_id: id, limit: 1 })).isError).toBe(false);
});

describe('refuses', () => {
  it('in words, as a tool result: no credits, nothing found, an invalid field', async () => {
    const { use } = await agent((await customer(0)).key);
    const poor = await use('verify_email', { email: 'jane@example.com' });
    expect(poor.isError).toBe(true);
    expect(poor.text).toMatch(/^This needs 1 credit; .*\(402 insufficient_credits, request req_/);
    const lost = await use('get_list', { list_id: 'lst_01KB7W4A2C6D9F3G5H8J1K0MNP' });
    expect(lost.isError).toBe(true);
    expect(lost.text).toContain('404 not_found');
    const unfit = await use('verify_email', { email: '' });
    expect(unfit.isError).toBe(true);
    expect(unfit.text).toContain('email');
  });

  it('what the key may not do, and anything of another workspace', async () => {
    const { scope, key } = await customer();
    const reader = await agent(await makeKey(scope, { scopes: ['credits:read'] }));
    expect((await reader.use('verify_email', { email: 'jane@example.com' })).text).toContain('insufficient_scope');
    const mine = await agent(key);
    const { id } = z.object({ id: z.string() }).parse((await mine.use('verify_email', { email: 'jane@example.com' })).json());
    const other = await agent((await customer()).key);
    expect((await other.use('get_verification', { id })).text).toContain('not_found');
  });

  it('401 without a key, and from a network that the key does not allow', async () => {
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    expect(await call(POST, { path: '/mcp', body })).toMatchObject({ status: 401, json: { code: 'missing_key' } });
    const { scope } = await customer();
    const key = await makeKey(scope, { allowedIps: ['198.51.100.0/24'] });
    await expect(agent(key, '192.0.2.1')).rejects.toThrow();
    expect((await (await agent(key, '198.51.100.7')).use('get_credits')).isError).toBe(false);
  });

  it('405: a stream that would never carry anything', async () => {
    expect(await call(GET, { path: '/mcp' })).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
  });
});
