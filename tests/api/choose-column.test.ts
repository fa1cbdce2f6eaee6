// A list whose address column cannot be found by its content: what an API client gets, and how it goes on without another upload.
import { beforeEach, describe, expect, it } from 'vitest';
import { PATCH } from '@/app/api/v1/lists/[id]/route';
import { POST as START } from '@/app/api/v1/lists/[id]/start/route';
import { POST as CREATE } from '@/app/api/v1/lists/route';
import { db } from '@/lib/platform/db/client';
import { listSchema, type ListAnswer } from '@/lib/lists/api';
import { WEBHOOK_DATA_SCHEMAS } from '@/lib/webhooks/event-data';
import { getList } from '@/lib/lists/read';
import type { Scope } from '@/lib/platform/scope';
import { call, makeKey } from './call';
import { encodeForm, formRequest } from './upload-form';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { ingestList } from '@/worker/lists/ingest/ingest-list';

useTestDatabase();

/** The addresses come after the rows that column detection looks at. */
const LATE = `name,contact\n${'Nobody,\n'.repeat(500)}Ann,ann@example.com\n`;

let scope: Scope;
let key: string;
beforeEach(async () => {
  scope = await makeWorkspace(10, 'business');
  key = await makeKey(scope);
});

async function upload(text: string, fields: Record<string, string> = {}): Promise<string> {
  const parts = Object.entries(fields).map(([name, value]) => ({ name, value }));
  const form = encodeForm([...parts, { name: 'file', value: text, fileName: 'people.csv' }]);
  const response = await CREATE(formRequest(form, { authorization: `Bearer ${key}` }), { params: Promise.resolve({}) });
  expect(response.status).toBe(202);
  return listSchema.parse(await response.json()).id;
}

const read = async (id: string) => {
  await ingestList(id, { now: Date.now });
  return mustBeOk(await getList(scope, id));
};
const change = (id: string, body: unknown) => call(PATCH, { method: 'PATCH', params: { id }, key, body });
const start = (id: string, body: unknown) => call(START, { params: { id }, key, body });

describe('a file in which no column looks like addresses', () => {
  it('waits for a choice with its file and the reason, and can not be started', async () => {
    await makeEndpoint(scope, { events: ['list.ready'] });
    const id = await upload(LATE, { start: 'true' });
    expect(await read(id)).toMatchObject({
      status: 'ready',
      failure: 'no_email_column',
      failureDetail: 'None of the columns looks like email addresses.',
      emailColumn: null,
      hasHeader: true,
      quote: null,
      preview: [{ line: 2, cells: ['Nobody', ''] }, {}, {}, {}, {}],
    });
    expect(await start(id, {})).toMatchObject({ status: 422, json: { code: 'no_email_column' } });
    const event = await db().webhookEvent.findFirstOrThrow({ where: { workspaceId: scope.workspaceId, type: 'list.ready' } });
    expect(WEBHOOK_DATA_SCHEMAS['list.ready'].parse(event.data)).toMatchObject({ failure: { code: 'no_email_column' } });
  });

  it('is read again by PATCH, and tells that it is ready then', async () => {
    await makeEndpoint(scope, { events: ['list.ready'] });
    const id = await upload(LATE, { start: 'true' });
    await read(id);
    expect(await change(id, { email_column: 'Contact' })).toMatchObject({
      status: 200,
      json: { status: 'parsing', failure: null },
    });
    expect(await read(id)).toMatchObject({ status: 'ready', failure: null, emailColumn: 1, quote: { unique: 1, rejected: 500 } });
    const events = await db().webhookEvent.findMany({
      where: { workspaceId: scope.workspaceId },
      orderBy: { id: 'asc' },
      take: 10,
    });
    expect(events.map(({ data }) => WEBHOOK_DATA_SCHEMAS['list.ready'].parse(data).failure?.code ?? null)).toEqual([
      'no_email_column',
      null,
    ]);
  });

  it('is read again and started by one call', async () => {
    const id = await upload(LATE);
    await read(id);
    const answer = await start(id, { email_column: 2, mode: 'until_empty', credit_cap: 1 });
    expect(answer).toMatchObject({ status: 200, json: { status: 'parsing', mode: 'until_empty', credit_cap: 1 } });
    expect(await read(id)).toMatchObject({ status: 'queued', emailColumn: 1 });
  });

  it('refuses a column that it does not have', async () => {
    const id = await upload(LATE);
    await read(id);
    for (const email_column of [3, 'phone', 0, '']) {
      expect(await change(id, { email_column })).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
    }
    expect(await change(id, {})).toMatchObject({ status: 400 });
    expect(await start(id, { email_column: 2, credit_cap: 1 })).toMatchObject({ status: 400 });
  });
});

describe('a column that is named with the upload', () => {
  const TWO = 'backup,main\na@example.com,b@example.com\n';
  const chosen = async (text: string, fields: Record<string, string>) => read(await upload(text, fields));

  it('is used, given by name or by number', async () => {
    expect(await chosen(TWO, { email_column: 'MAIN' })).toMatchObject({ emailColumn: 1, hasHeader: true, quote: { unique: 1 } });
    expect((await chosen(TWO, { email_column: '2' })).emailColumn).toBe(1);
    expect(await chosen(TWO, { email_column: '2', has_header: 'false' })).toMatchObject({ hasHeader: false, quote: { rows: 2 } });
    expect((await chosen('phone,main\n1,x\n', { email_column: 'main' })).hasHeader).toBe(true);
  });

  it('that does not exist is asked for again, not guessed', async () => {
    const view = await chosen(TWO, { email_column: 'mail', start: 'true' });
    expect(view).toMatchObject({
      status: 'ready',
      failure: 'no_email_column',
      failureDetail: 'The file has no column “mail”. Its columns are backup, main.',
    });
  });

  it('can be changed while the list is ready; choosing the same one changes nothing', async () => {
    const { id } = await chosen(TWO, { email_column: 'main' });
    const same: ListAnswer = listSchema.parse((await change(id, { email_column: 'main', retention_days: 3 })).json);
    expect(same).toMatchObject({ status: 'ready', retention_days: 3 });
    expect(await start(id, { email_column: 'main' })).toMatchObject({ status: 200, json: { status: 'queued' } });
    expect(await change(id, { email_column: 'backup' })).toMatchObject({ status: 409 });
  });
});
