import { describe, expect, it, vi } from 'vitest';
import { NOTHING_HAPPENED, REFUSALS_BORNE, type HealthTally } from '@/lib/verdict/health';
import { HEALTH_BATCH, SharedHealth, createMemorySendingHealthStore, type SendingHealthStore } from './shared-health';

const IDENTITY = { address: '203.0.113.7', helo: 'mx1.example', mailFrom: '' };
const KNOWN = { provider: 'big-mail', host: 'mx.big.test' };
const stranger = (n: number) => ({ provider: null, host: `mx${String(n)}.test` });
const clean = (answered: number): HealthTally => ({ ...NOTHING_HAPPENED, answered });
const refused: HealthTally = {
  ...NOTHING_HAPPENED,
  refused: REFUSALS_BORNE,
  lastRefusal: { at: 1, text: '550 5.7.1 blocked' },
};
const slowDown: HealthTally = { ...NOTHING_HAPPENED, slowDowns: 1 };

const healthOn = (store: SendingHealthStore, now = () => Date.now()): SharedHealth =>
  new SharedHealth({
    store,
    identities: [IDENTITY],
    clock: { now },
    syncMs: 60_000,
    firstMs: 50,
    maxEntries: 100,
  });

describe('two workers on one store', () => {
  it('what one learns, the other follows from its next exchange on: a cut, a rest, and the end of it', async () => {
    let now = 1_700_000_000_000;
    const store = createMemorySendingHealthStore({ now: () => now });
    const [one, other] = [healthOn(store, () => now), healthOn(store, () => now)];
    await Promise.all([one.starting, other.starting]);
    const [here, there] = [one.standingOf(IDENTITY, KNOWN), other.standingOf(IDENTITY, KNOWN)];
    one.note(here, slowDown);
    expect(here.pace).toBe(0.25);
    expect(there.pace).toBe(0.5);
    await one.sync();
    await other.sync();
    expect(there.pace).toBe(0.25);
    one.note(here, refused);
    await one.sync();
    await other.sync();
    expect(there.phase(now)).toBe('resting');
    expect(there.lastRefusal?.text).toBe('550 5.7.1 blocked');
    now += 10 * 60_000;
    expect(there.admits(now)).toBe(true);
    expect(there.admits(now)).toBe(false);
    other.note(there, clean(1));
    await other.sync();
    await one.sync();
    expect(here.phase(now)).toBe('working');
  });

  it('one that starts later knows before its first question, also about hosts of no known provider', async () => {
    const store = createMemorySendingHealthStore();
    const one = healthOn(store);
    one.note(one.standingOf(IDENTITY, KNOWN), refused);
    one.note(one.standingOf(IDENTITY, stranger(1)), slowDown);
    await one.sync();
    const later = healthOn(store);
    await later.starting;
    expect(later.standingOf(IDENTITY, KNOWN).phase(Date.now())).toBe('resting');
    expect(later.standingOf(IDENTITY, stranger(1)).pace).toBe(0.5);
    expect(later.standingOf(IDENTITY, stranger(2)).pace).toBe(1);
  });
});

describe('the store', () => {
  it('is told nothing of hosts of no known provider if all goes well, and is always told of known providers', async () => {
    const exchange = vi.fn(createMemorySendingHealthStore().exchange);
    const health = healthOn({ exchange });
    for (let n = 0; n < 50; n++) health.note(health.standingOf(IDENTITY, stranger(n)), clean(25));
    health.note(health.standingOf(IDENTITY, stranger(50)), slowDown);
    health.note(health.standingOf(IDENTITY, KNOWN), clean(25));
    await health.sync();
    const told = exchange.mock.calls.flatMap(([{ deltas }]) => deltas.map(({ provider }) => provider));
    expect(told.toSorted()).toEqual(['big-mail', 'mx50.test']);
  });

  it('that is down costs nothing, and is told once what happened meanwhile', async () => {
    const memory = createMemorySendingHealthStore();
    let isDown = true;
    const health = healthOn({ exchange: (asked) => (isDown ? Promise.reject(new Error('down')) : memory.exchange(asked)) });
    await health.starting;
    const standing = health.standingOf(IDENTITY, KNOWN);
    health.note(standing, clean(3));
    await health.sync();
    health.note(standing, clean(4));
    await health.sync();
    isDown = false;
    await health.sync();
    await health.sync();
    const { states } = await memory.exchange({ identities: ['mx1.example 203.0.113.7'], deltas: [], since: null });
    expect(states).toMatchObject([{ provider: 'big-mail', health: { answered: 7 } }]);
  });

  it('that hangs delays the first question only for a moment', async () => {
    const health = healthOn({ exchange: () => new Promise(() => undefined) });
    await health.starting;
    expect(health.starting).toBeNull();
  });

  it('is told a limited number of pairs at once, and the others next time', async () => {
    const exchange = vi.fn(createMemorySendingHealthStore().exchange);
    const health = healthOn({ exchange });
    await health.starting;
    for (let n = 0; n < HEALTH_BATCH + 1; n++) health.note(health.standingOf(IDENTITY, stranger(n)), slowDown);
    await health.sync();
    await health.sync();
    expect(exchange.mock.calls.map(([{ deltas }]) => deltas.length)).toEqual([0, HEALTH_BATCH, 1]);
  });

  it('gets the rest when the adapter closes', async () => {
    const memory = createMemorySendingHealthStore();
    const health = healthOn(memory);
    await health.starting;
    health.note(health.standingOf(IDENTITY, KNOWN), clean(9));
    await health.close();
    const { states } = await memory.exchange({ identities: ['mx1.example 203.0.113.7'], deltas: [], since: null });
    expect(states).toMatchObject([{ health: { answered: 9 } }]);
  });
});

it('the memory of hosts of no known provider is bounded: the one met longest ago is forgotten', () => {
  const health = healthOn(createMemorySendingHealthStore());
  const first = health.standingOf(IDENTITY, stranger(0));
  expect(health.standingOf(IDENTITY, stranger(0))).toBe(first);
  for (let n = 1; n <= 100; n++) health.standingOf(IDENTITY, stranger(n));
  expect(health.standingOf(IDENTITY, stranger(0))).not.toBe(first);
});
