// Calls every operation of the OpenAPI document against its route and checks every answer against the document: the successes, and each
// documented refusal. At the end, every documented answer must have been given at least once.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { OPERATIONS } from '@/app/api/v1/openapi.json/document';
import { errorsOf, hasQuery, type Operation } from '@/lib/accounts/operation';
import { PLANS } from '@/lib/accounts/rules/plans';
import { ALL_API_SCOPES, allowsScope } from '@/lib/accounts/rules/keys';
import { db } from '@/lib/platform/db/client';
import type { ErrorCode } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import {
  API_BODY_MAX_BYTES,
  API_KEYS_A_WORKSPACE,
  LIST_FILE_MAX_BYTES,
  LISTS_AT_WORK_A_WORKSPACE,
  WEBHOOKS_A_WORKSPACE,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useUpCalls } from '@/tests/database/free-answers';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { withoutTable } from '@/tests/database/without-table';
import { makeKey } from './call';
import { type Ask, ask, hold, idOf, operationOf, seen } from './contract';
import { FILE, goodRequest, ROWS } from './contract-requests';
import { useWorker } from './use-worker';

useTestDatabase();
useWorker();

let scope: Scope;
let key: string;
beforeEach(async () => {
  scope = await makeWorkspace(100, 'business');
  key = await makeKey(scope);
});

const good = ({ id }: Operation, as = key): Promise<Ask> => goodRequest(id, { scope, key }).then((how) => ({ key: as, ...how }));

const named = OPERATIONS.map((operation) => [operation.id, operation] as const);
const having = (code: ErrorCode) => named.filter(([, operation]) => errorsOf(operation).includes(code));

it.each(named)('%s succeeds as documented', async (id, operation) => {
  const { status, json } = await ask(id, await good(operation));
  expect({ id, isGood: status < 300, json: status < 300 ? null : json }).toEqual({ id, isGood: true, json: null });
});

it('an answer that is not documented does not pass', () => {
  const operation = operationOf('listReasons');
  const headers = new Headers({ 'content-type': 'application/json', 'x-request-id': 'req_1' });
  const json = operation.answers[200]?.example;
  expect(hold(operation, { status: 200, headers, json })).toBeNull();
  expect(() => hold(operation, { status: 418, headers, json })).toThrow('not documented');
  expect(() => hold(operation, { status: 200, headers, json: { data: [{ reason: 'made_up' }] } })).toThrow('not as documented');
  expect(() => hold(operation, { status: 200, headers, json: { data: [], more: 1 } })).toThrow('more');
  expect(() => hold(operation, { status: 200, headers: new Headers({ 'x-request-id': 'r' }), json })).toThrow('application/json');
  expect(() => hold(operation, { status: 200, headers: new Headers(), json })).toThrow('X-Request-Id');
});

describe('the other successes', () => {
  it('202: a check whose time is up, and how to read it', async () => {
    const { status, json } = await ask('verifySingle', { key, body: { email: 'greylisted@example.com', timeout_ms: 500 } });
    expect(status).toBe(202);
    expect(await ask('getVerification', { key, params: { id: idOf(json) } })).toMatchObject({ json: { status: 'pending' } });
  });

  it('200: many outcomes, some of which are not accepted', async () => {
    const outcomes = [
      { email: 'ann@example.com', outcome: 'delivered' },
      { verification_id: newId('verification'), outcome: 'complaint' },
    ];
    expect(await ask('sendFeedback', { key, body: outcomes })).toMatchObject({
      status: 200,
      json: { data: [{}, { error: {} }] },
    });
  });

  it('204: a list whose end the client has seen', async () => {
    const params = { id: await seedList(scope, { status: 'completed', more: { version: 7 } }) };
    expect(await ask('watchList', { key, params, headers: { 'last-event-id': '7' } })).toMatchObject({ status: 204 });
  });
});

describe('the refusals that any call has', () => {
  it.each(having('missing_key'))('%s: no key, one that does not exist, and one without the scope', async (id, operation) => {
    const { scope: needed } = operation;
    const scopes = ALL_API_SCOPES.filter((known) => needed !== null && !allowsScope([known], needed));
    const { key: _key, ...how } = await good(operation);
    expect((await ask(id, how)).code).toBe('missing_key');
    // Failed keys are rate-limited by client address, so each operation has its own.
    const from = { 'x-client-address': `198.51.100.${OPERATIONS.indexOf(operation)}` };
    expect((await ask(id, { ...how, key: 'evk_live_no', headers: from })).code).toBe('invalid_key');
    expect((await ask(id, { ...how, key: await makeKey(scope, { scopes }) })).code).toBe('insufficient_scope');
  });

  it.each(having('ip_not_allowed'))('%s: a key that is locked to another place', async (id, operation) => {
    const { key: _key, ...how } = await good(operation);
    expect((await ask(id, { ...how, key: await makeKey(scope, { allowedIps: ['198.51.100.0/24'] }) })).code).toBe(
      'ip_not_allowed',
    );
    const elsewhere = await makeKey(scope, { allowedOrigins: ['https://elsewhere.example'] });
    expect((await ask(id, { ...how, key: elsewhere })).code).toBe('origin_not_allowed');
  });

  it.each(having('rate_limited'))('%s: too many calls', async (id, operation) => {
    const busy = await makeWorkspace(0, 'business');
    const itsKey = await makeKey(busy);
    await Promise.all([useUpCalls(busy, 'read'), useUpCalls(busy, 'verify')]);
    const refused = await ask(id, { ...(await good(operation)), key: itsKey });
    expect(refused).toMatchObject({ code: 'rate_limited' });
    expect(refused.headers.get('retry-after')).not.toBeNull();
  });

  it.each(having('not_found').filter(([, { params }]) => params?.id !== undefined))(
    '%s: what is another’s',
    async (id, operation) => {
      const stranger = await makeKey(await makeWorkspace(0, 'business'));
      expect((await ask(id, await good(operation, stranger))).code).toBe('not_found');
    },
  );

  it.each(having('internal_error'))('%s: a failure of ours', async (id, operation) => {
    const how = await good(operation);
    expect((await withoutTable('ApiKey', () => ask(id, how))).code).toBe('internal_error');
  });
});

function wrongInput(operation: Operation): Ask {
  if (hasQuery(operation)) return { query: { nonsense: 1 } };
  if (operation.form) return { form: [{ name: 'nonsense', value: '1' }, FILE] };
  return operation.method === 'GET' ? { params: { domain: 'no domain' } } : { body: { nonsense: 1 } };
}

describe('the refusals of what was sent', () => {
  it.each(having('invalid_request'))('%s: an invalid field', async (id, operation) => {
    const how = await good(operation);
    const wrong = wrongInput(operation);
    expect((await ask(id, { ...how, ...wrong })).code).toBe('invalid_request');
  });

  it.each(having('payload_too_large'))('%s: a body that is too large', async (id, operation) => {
    const tooMuch = JSON.stringify('x'.repeat(operation.maxBytes ?? API_BODY_MAX_BYTES));
    expect((await ask(id, { ...(await good(operation)), body: tooMuch })).code).toBe('payload_too_large');
  });

  it.each(having('unsupported_media_type'))('%s: another type', async (id, operation) => {
    const how = await good(operation);
    const text = { form: undefined, body: 'a=b', headers: { 'content-type': 'text/plain' } };
    expect((await ask(id, { ...how, ...text })).code).toBe('unsupported_media_type');
  });

  it.each(having('idempotency_mismatch'))('%s: an Idempotency-Key again', async (id, operation) => {
    const headers = { 'idempotency-key': newId('request') };
    const how = { ...(await good(operation)), headers };
    expect((await ask(id, how)).status).toBeLessThan(300);
    const again = await ask(id, how);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const { params } = await good(operation);
    const other: Ask = operation.form
      ? { form: [{ name: 'name', value: 'Other' }, FILE] }
      : params
        ? { params }
        : {
            body: {
              email: 'x@example.com',
              emails: undefined,
              ...(id === 'verifyBatch' && { email: undefined, emails: ['x@example.com'] }),
            },
          };
    expect((await ask(id, { ...how, ...other })).code).toBe('idempotency_mismatch');
    await db().$executeRaw`
      UPDATE "IdempotencyRecord" SET "status" = NULL, "body" = NULL, "headers" = NULL, "startedAt" = timezone('UTC', now())
      WHERE "key" = ${headers['idempotency-key']}`;
    const early = await ask(id, how);
    expect(early.code).toBe('idempotency_in_progress');
    expect(early.headers.get('retry-after')).toBe('1');
  });
});

describe('the refusals of what is asked for', () => {
  it.each([
    ['changeList', 'running'],
    ['deleteList', 'running'],
    ['startList', 'failed'],
    ['pauseList', 'failed'],
    ['resumeList', 'failed'],
    ['cancelList', 'expired'],
    ['retryUnknowns', 'ready'],
    ['downloadList', 'parsing'],
  ] as const)('%s: a list that is %s', async (id, status) => {
    const params = { id: await seedList(scope, { status, rows: ROWS }) };
    const sent = id === 'changeList' ? { body: { email_column: 1 } } : {};
    expect((await ask(id, { key, params, ...sent })).code).toBe('list_status_conflict');
  });

  it.each(['verifySingle', 'verifyBatch', 'startList', 'retryUnknowns'] as const)('%s: not enough credits', async (id) => {
    scope = await makeWorkspace(0, 'business');
    key = await makeKey(scope);
    expect((await ask(id, await good(operationOf(id)))).code).toBe('insufficient_credits');
  });

  it.each(['verifySingle', 'verifyBatch', 'startList', 'retryUnknowns'] as const)(
    '%s: what a key’s budget is too small for',
    async (id) => {
      const how = await good(operationOf(id));
      const { workspaceId } = scope;
      const { id: apiKeyId } = await db().apiKey.findFirstOrThrow({ where: { workspaceId } });
      await db().apiKey.update({ where: { id: apiKeyId }, data: { monthlyCreditCap: 1 } });
      await db().$executeRaw`
        INSERT INTO "ApiKeyMonth" ("workspaceId", "apiKeyId", "month", "credits")
        VALUES (${workspaceId}, ${apiKeyId}, to_char(timezone('UTC', now()), 'YYYY-MM'), 1)`;
      await db().list.updateMany({ where: { workspaceId }, data: { apiKeyId } });
      expect((await ask(id, how)).code).toBe('budget_exceeded');
    },
  );

  it.each(['verifyBatch', 'createList', 'startList', 'retryUnknowns'] as const)(
    '%s: more lists at work than may be',
    async (id) => {
      const how = await good(operationOf(id));
      for (let n = 0; n < LISTS_AT_WORK_A_WORKSPACE; n++) await seedList(scope, { status: 'running' });
      expect((await ask(id, how)).code).toBe('limit_reached');
    },
  );

  it.each(['verifyBatch', 'createList'] as const)('%s: more than the plan keeps', async (id) => {
    scope = await makeWorkspace(0, 'free');
    key = await makeKey(scope);
    for (let n = 0; n < PLANS.free.keeps.lists; n++) await seedList(scope, { status: 'completed' });
    expect((await ask(id, await good(operationOf(id)))).code).toBe('quota_exceeded');
  });

  it('files that are not lists, or too large', async () => {
    const empty = { key, form: [{ ...FILE, value: '' }] };
    expect((await ask('createList', empty)).code).toBe('unreadable_file');
    const announced = { 'content-length': String(LIST_FILE_MAX_BYTES * 2) };
    expect((await ask('createList', { key, form: [FILE], headers: announced })).code).toBe('file_too_large');
  });

  it('a list whose column is not known', async () => {
    const params = { id: await seedList(scope, { status: 'ready', rows: ROWS, more: { failure: 'no_email_column' } }) };
    expect((await ask('startList', { key, params })).code).toBe('no_email_column');
  });

  it.each(['listResults', 'downloadList', 'changeList'])('%s: rows that are deleted', async (id) => {
    const params = { id: await seedList(scope, { status: 'expired', more: { rowsDeletedAt: new Date() } }) };
    expect((await ask(id, { ...(await good(operationOf(id))), key, params })).code).toBe('gone');
  });

  it('a report about an answer that does not exist', async () => {
    const outcome = { verification_id: newId('verification'), outcome: 'hard_bounce' };
    expect((await ask('sendFeedback', { key, body: outcome })).code).toBe('not_found');
  });

  it.each(['createKey', 'updateKey', 'rotateKey'] as const)('%s: more rights than the calling key has', async (id) => {
    const how = await good(operationOf(id));
    const weak = await makeKey(scope, { scopes: ['keys:admin'] });
    expect((await ask(id, { ...how, key: weak })).code).toBe('forbidden');
  });

  it('more keys than a workspace may have', async () => {
    for (let n = 1; n < API_KEYS_A_WORKSPACE; n++) await makeKey(scope);
    expect((await ask('createKey', await good(operationOf('createKey')))).code).toBe('limit_reached');
  });

  it('webhook endpoints beyond the limit, and those that are switched off', async () => {
    const how = await goodRequest('listDeliveries', { scope, key });
    await db().webhookEndpoint.updateMany({ where: { workspaceId: scope.workspaceId }, data: { state: 'disabled' } });
    expect((await ask('testWebhook', { key, ...how })).code).toBe('conflict');
    expect((await ask('replayDelivery', { key, ...how })).code).toBe('conflict');
    for (let n = 1; n < WEBHOOKS_A_WORKSPACE; n++) await makeEndpoint(scope);
    expect((await ask('createWebhook', await good(operationOf('createWebhook')))).code).toBe('limit_reached');
  });
});

/** Refusals tested elsewhere, beside the code that causes them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'createList conflict': 'app/api/v1/lists/create.test.ts',
  // The list ended between the last byte of its file and the end of the form; a test can't hold that moment open.
  'createList list_status_conflict': 'lib/lists/upload.ts',
  'resumeList insufficient_credits': 'app/api/v1/lists/route.test.ts',
};
/** Answers that every call can give. */
const OF_ALL: Readonly<Record<string, string>> = {
  unavailable: 'tests/api/database-away.test.ts',
  head_too_large: 'scripts/web-server.test.ts',
};

afterAll(() => {
  const documented = OPERATIONS.flatMap((operation) => [
    ...Object.keys(operation.answers).map((status) => `${operation.id} ${status}`),
    ...errorsOf(operation)
      .filter((code) => OF_ALL[code] === undefined)
      .map((code) => `${operation.id} ${code}`),
  ]);
  expect(documented.filter((what) => !seen.has(what) && ELSEWHERE[what] === undefined)).toEqual([]);
  expect([...Object.values(ELSEWHERE), ...Object.values(OF_ALL)].filter((file) => !existsSync(file))).toEqual([]);
});
