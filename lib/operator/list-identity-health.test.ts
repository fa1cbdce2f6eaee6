import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import type { HealthFilter } from './rules';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { listIdentityHealth } from './operator';

useTestDatabase();

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
const ONE = 'mx1.example.org 192.0.2.1';
const TWO = 'mx2.example.org 192.0.2.2';

const add = (provider: string, more: Partial<Parameters<typeof row>[1]> = {}) =>
  db().identityHealth.create({ data: row(provider, more), select: { provider: true } });

function row(
  provider: string,
  more: {
    identity?: string;
    pace?: number;
    slowedAt?: Date;
    refused?: number;
    restsUntil?: Date;
    rests?: number;
    lastRefusalAt?: Date;
    lastRefusal?: string;
  },
) {
  return { identity: ONE, provider, answered: 10, ...more };
}

const providers = async (filter: HealthFilter = {}) => (await listIdentityHealth(filter)).items.map(({ provider }) => provider);

beforeEach(() => db().identityHealth.deleteMany());

it('is empty before any host is asked', async () => {
  expect(await listIdentityHealth()).toEqual({
    items: [],
    nextCursor: null,
    counts: { resting: 0, trial: 0, slowed: 0, working: 0 },
    identities: [],
  });
});

it('shows resting identities first, then those on trial, then slowed ones, then by refusals', async () => {
  await add('calm');
  await add('noisy', { refused: 7 });
  await add('slow', { pace: 0.5, slowedAt: ago(1) });
  await add('slower', { pace: 0.25, slowedAt: ago(1), refused: 2 });
  await add('tried', { restsUntil: ago(1) });
  await add('rests', { restsUntil: ago(-1) });
  expect(await providers()).toEqual(['rests', 'tried', 'slower', 'slow', 'noisy', 'calm']);
});

describe('a state', () => {
  it('is resting until the rest ends, and then on trial until an answer came', async () => {
    await add('over', { restsUntil: ago(1), rests: 2 });
    await add('answered', { rests: 2 });
    await add('still', { restsUntil: ago(-1), rests: 3, pace: 0.5, slowedAt: ago(1) });
    const { items, counts } = await listIdentityHealth();
    expect(items.map(({ provider, state, rests }) => [provider, state, rests])).toEqual([
      ['still', 'resting', 3],
      ['over', 'trial', 2],
      ['answered', 'working', 2],
    ]);
    expect(counts).toEqual({ resting: 1, trial: 1, slowed: 0, working: 1 });
  });

  it('is slowed while the pace is below its earlier value; a pace that still grows for the first time is not slowed', async () => {
    await add('recovered', { pace: 1, slowedAt: ago(1) });
    await add('growing', { pace: 0.1 });
    await add('halved', { pace: 0.5, slowedAt: ago(1) });
    expect(await providers({ state: 'slowed' })).toEqual(['halved']);
    expect(await providers({ state: 'working' })).toEqual(['growing', 'recovered']);
  });
});

it('shows times as the workers wrote them, and the words of the last refusal', async () => {
  const at = new Date('2026-11-23T10:00:00.123Z');
  await add('big', { lastRefusalAt: at, lastRefusal: '550 5.7.1 blocked', slowedAt: at, restsUntil: at });
  const [item] = (await listIdentityHealth()).items;
  expect(item).toMatchObject({
    identity: ONE,
    provider: 'big',
    answered: 10,
    lastRefusal: '550 5.7.1 blocked',
    lastRefusalAt: at.toISOString(),
    slowedAt: at.toISOString(),
    restsUntil: at.toISOString(),
  });
  expect(Math.abs(Date.parse(item?.windowAt ?? '') - Date.now())).toBeLessThan(HOUR_MS);
});

describe('a filter', () => {
  beforeEach(async () => {
    await add('Big-Mail');
    await add('small.example', { restsUntil: ago(-1) });
    await add('Big-Mail', { identity: TWO, restsUntil: ago(-1) });
  });

  it('by identity is exact', async () => {
    expect(await providers({ identity: TWO })).toEqual(['Big-Mail']);
    expect(await providers({ identity: 'mx2' })).toEqual([]);
  });

  it('by provider accepts a part of the name in any case, without special characters', async () => {
    expect(await providers({ provider: 'big-' })).toEqual(['Big-Mail', 'Big-Mail']);
    expect(await providers({ provider: '%' })).toEqual([]);
    expect(await providers({ provider: "' OR 1=1 --" })).toEqual([]);
  });

  it('by state keeps the counts of the other states', async () => {
    const page = await listIdentityHealth({ state: 'working' });
    expect(page.items).toHaveLength(1);
    expect(page.counts).toEqual({ resting: 2, trial: 0, slowed: 0, working: 1 });
  });

  it('keeps every identity selectable', async () => {
    expect((await listIdentityHealth({ identity: TWO, provider: 'none' })).identities).toEqual([ONE, TWO]);
  });
});

describe('with thousands of rows', () => {
  beforeEach(async () => {
    const data = Array.from({ length: 2_000 }, (_, index) =>
      row(`host-${index}.example`, { refused: index % 3, ...(index % 5 === 0 && { restsUntil: ago(-1) }) }),
    );
    await db().identityHealth.createMany({ data });
  });

  it('pages hold fifty rows, and together every row once, in order', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listIdentityHealth({ cursor });
      expect(page.items.length).toBeLessThanOrEqual(50);
      seen.push(...page.items.map(({ state, refused, provider }) => `${state} ${9 - refused} ${provider}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(2_000);
    expect(new Set(seen).size).toBe(2_000);
    expect(seen.findIndex((line) => line.startsWith('working'))).toBe(400);
    expect(seen.slice(0, 400).map((line) => line.split(' ')[1])).toEqual(
      [...seen.slice(0, 400)].map((line) => line.split(' ')[1]).sort(),
    );
  });

  it('the second page keeps the filter', async () => {
    const first = await listIdentityHealth({ state: 'resting' });
    const second = await listIdentityHealth({ state: 'resting', cursor: first.nextCursor ?? '' });
    expect(second.items.every(({ state }) => state === 'resting')).toBe(true);
    expect(second.items[0]).not.toEqual(first.items[0]);
  });

  it.each([
    'nonsense',
    Buffer.from('["resting",-1,"",""]').toString('base64url'),
    Buffer.from('["resting",1,"a\\u0000","b"]').toString('base64url'),
    Buffer.from('["gone",1,"a","b"]').toString('base64url'),
  ])('a cursor that is not understood (%s) is the first page', async (cursor) => {
    expect((await listIdentityHealth({ cursor })).items[0]).toEqual((await listIdentityHealth()).items[0]);
  });
});
