import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { DOMAIN_FACTS_FRESH_MS } from '@/lib/platform/limits';
import type { DomainFacts } from '@/lib/verdict/stored';
import { domainAnswerSchema } from '@/lib/verifications/api';
import { getBalance } from '@/lib/credits/balance';
import type { Scope } from '@/lib/platform/scope';
import { call, makeKey } from '@/tests/api/call';
import { answerByName, useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET } from './route';

const FOUND: DomainFacts = {
  exists: true,
  acceptsMail: true,
  hosts: ['mx.example.com'],
  isImplicit: false,
  provider: 'google',
  gateway: false,
  disposable: false,
  relay: false,
  free: true,
  didYouMean: null,
};
const asked: string[] = [];

useTestDatabase();
useWorker(answerByName, (domain) => {
  asked.push(domain);
  return Promise.resolve({ ...FOUND, hosts: [`mx${asked.length}.example.com`] });
});

let scope: Scope;
let key: string;
beforeEach(async () => {
  asked.length = 0;
  scope = await makeWorkspace(5, 'business');
  key = await makeKey(scope);
});
const read = (domain: string) => call(GET, { key, path: `/v1/domains/${domain}`, params: { domain } });

it('200: what a worker found, free of charge, counted in the rate limit of verifying calls', async () => {
  const answered = await read('fresh.example');
  expect(domainAnswerSchema.parse(answered.json)).toMatchObject({
    domain: 'fresh.example',
    exists: true,
    accepts_mail: true,
    mx: { hosts: ['mx1.example.com'], provider: 'google' },
    free: true,
    catch_all: null,
    cached: false,
  });
  expect(answered.headers.get('ratelimit')).toMatch(/^"verify";/);
  expect(await getBalance(scope)).toMatchObject({ available: 5, held: 0 });
});

it('is looked up again when it is stale, no matter who asks', async () => {
  await read('again.example');
  expect(await read('AGAIN.example')).toMatchObject({ json: { cached: true, mx: { hosts: ['mx1.example.com'] } } });
  expect(asked).toEqual(['again.example']);
  await db().domainLookup.update({
    where: { domain: 'again.example' },
    data: { checkedAt: new Date(Date.now() - DOMAIN_FACTS_FRESH_MS) },
  });
  expect(await read('again.example')).toMatchObject({ json: { cached: false, mx: { hosts: ['mx2.example.com'] } } });
});

it('says whether the domain accepts every name, and when that was learned', async () => {
  const checkedAt = new Date('2026-11-28T10:00:00.000Z');
  await db().domainFact.create({
    data: { domain: 'every.example', catchAll: true, checkedAt, code: 250, text: 'OK', host: 'mx.every.example' },
  });
  expect((await read('every.example')).json).toMatchObject({ catch_all: true, catch_all_checked_at: checkedAt.toISOString() });
});

it('an internationalized name is one domain in every spelling', async () => {
  expect((await read('bücher.example')).json).toMatchObject({ domain: 'xn--bcher-kva.example' });
  expect((await read('xn--bcher-kva.example')).json).toMatchObject({ cached: true });
});

it.each(['a b', 'ann@example.com', '-', 'x'.repeat(300), '192.0.2.1'])('400: %j is not a domain', async (domain) => {
  expect(await read(domain)).toMatchObject({ status: 400, json: { errors: [{ field: 'domain' }] } });
  expect(asked).toEqual([]);
});
