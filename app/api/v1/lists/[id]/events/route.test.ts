import { expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { STREAMS_A_CLIENT } from '@/lib/platform/limits';
import type { ListStatus } from '@/lib/lists/rules/list';
import { newId } from '@/lib/platform/ids';
import { listSchema } from '@/lib/lists/api';
import { call, makeKey, makeRequest } from '@/tests/api/call';
import { readEvents, type ReadEvent } from '@/tests/api/read-events';
import { changeSeededList } from '@/tests/database/change-list';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();

async function setUp(status: ListStatus = 'running'): Promise<{ scope: Scope; key: string; id: string }> {
  const scope = await makeWorkspace(0, 'business');
  return { scope, key: await makeKey(scope), id: await seedList(scope, { rows: [{ cells: ['a@example.com'] }], status }) };
}

interface Watch {
  key?: string;
  lastId?: string | undefined;
  signal?: AbortSignal;
}
const watch = (id: string, { lastId, ...how }: Watch) => {
  const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId };
  return GET(makeRequest({ ...how, headers, path: `/v1/lists/${id}/events` }), { params: Promise.resolve({ id }) });
};

const listStatusOf = ({ data }: ReadEvent): string => listSchema.parse(data).status;

it('200: the current list, each change, its end, and nothing after that; ids increase', async () => {
  const { key, id } = await setUp();
  const response = await watch(id, { key });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reading = readEvents(response, (event) => {
    const status = listStatusOf(event);
    if (status === 'running') void changeSeededList(id, { status: 'paused' });
    if (status === 'paused') void changeSeededList(id, { status: 'cancelled' });
    return false;
  });
  const events = await reading;
  expect(events.map((event) => [event.event, listStatusOf(event)])).toEqual([
    ['list', 'running'],
    ['list', 'paused'],
    ['list', 'cancelled'],
  ]);
  const ids = events.map((event) => Number(event.id));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(3);
});

it('200: a client that reconnects with the last event’s id gets only what changed since', async () => {
  const { key, id } = await setUp();
  const [first] = await readEvents(await watch(id, { key }), () => true);
  const response = await watch(id, { key, lastId: first?.id });
  await changeSeededList(id, { name: 'Another name' });
  const [next] = await readEvents(response, () => true);
  expect(next?.data).toMatchObject({ name: 'Another name' });
  const [current] = await readEvents(await watch(id, { key, lastId: first?.id }), () => true);
  expect(current?.id).toBe(next?.id);
});

it('200: an id that we never issued is ignored', async () => {
  const { key, id } = await setUp('completed');
  for (const lastId of ['x', '-1', '99999999999', '']) expect(await readEvents(await watch(id, { key, lastId }))).toHaveLength(1);
});

it('204: a client that saw the end must not reconnect', async () => {
  const { key, id } = await setUp('completed');
  const [end] = await readEvents(await watch(id, { key }));
  expect((await watch(id, { key, lastId: end?.id })).status).toBe(204);
});

it('401 and 403: without a key, and with one that may not read lists', async () => {
  const { scope, id } = await setUp();
  expect((await watch(id, {})).status).toBe(401);
  expect((await watch(id, { key: await makeKey(scope, { scopes: ['verify:write'] }) })).status).toBe(403);
});

it('404: another workspace’s list, one of the other mode, an unknown one, and a malformed id', async () => {
  const { scope, key, id } = await setUp();
  const other = await setUp();
  const testKey = await makeKey(scope, { mode: 'test' });
  for (const [who, what] of [
    [key, other.id],
    [testKey, id],
    [key, newId('list')],
    [key, 'x'],
  ] as const)
    expect((await watch(what, { key: who })).status).toBe(404);
});

it('405: nothing can be sent here', async () => {
  expect(await call(POST, { body: {}, params: { id: 'x' } })).toMatchObject({ status: 405 });
});

it('429: one address has a limited number of streams, and the end of one frees its place', async () => {
  const { key, id } = await setUp();
  const stops: AbortController[] = [];
  const open = async (): Promise<number> => {
    const stop = new AbortController();
    const { status } = await watch(id, { key, signal: stop.signal });
    if (status === 200) stops.push(stop);
    return status;
  };
  for (let count = 0; count < STREAMS_A_CLIENT; count++) expect(await open()).toBe(200);
  expect(await open()).toBe(429);
  stops.pop()?.abort();
  expect(await open()).toBe(200);
  for (const stop of stops) stop.abort();
});
