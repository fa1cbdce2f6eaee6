import { describe, expect, it, vi } from 'vitest';
import { DOMAIN_PROBES } from '@/lib/platform/limits';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import { takeProbe, takeProbes } from './domain-probes';
import { VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';

useTestDatabase();
withinOneHour();

vi.setConfig({ testTimeout: 60_000 });

const HALF = DOMAIN_PROBES.shared / 2;
const of = (name: string) => ({ workspaceId: `wrk_${name}` });
const list = async (name: string, domain: string, count: number): Promise<number> =>
  (await takeProbes(of(name), new Map([[domain, count]]), 'list')).get(domain) ?? 0;
const singles = async (workspaceId: string, domain: string, count: number): Promise<number> =>
  (await takeProbes({ workspaceId }, new Map([[domain, count]]), 'single')).get(domain) ?? 0;
const anHourLater = () =>
  inTransaction(async (tx) => {
    await tx.$executeRaw`UPDATE "DomainUse" SET "hour" = "hour" - interval '1 hour'`;
    await tx.$executeRaw`UPDATE "DomainProbeCount" SET "hour" = "hour" - interval '1 hour'`;
  });

describe('a target domain’s hour', () => {
  it('gives one workspace at most half, even if it is alone, and tells a list how many rows that is', async () => {
    expect(await list('a', 'alone.example', HALF - 10)).toBe(HALF - 10);
    expect(await list('a', 'alone.example', 30)).toBe(10);
    expect(await list('a', 'alone.example', 1)).toBe(0);
    expect(await list('b', 'alone.example', HALF + 1)).toBe(HALF);
    expect(await list('c', 'alone.example', 1)).toBe(0);
  });

  it('is divided between two that ask at once, and never more than there is', async () => {
    const asks = Array.from({ length: 40 }, (_, n) => list(n % 2 === 0 ? 'a' : 'b', 'both.example', 300));
    const granted = await Promise.all(asks);
    const sum = (odd: number): number => granted.reduce((all, count, n) => all + (n % 2 === odd ? count : 0), 0);
    expect([sum(0), sum(1)]).toEqual([HALF, HALF]);
  });

  it('is divided equally among three that have waited since the last one', async () => {
    for (const name of ['a', 'b', 'c']) await list(name, 'three.example', DOMAIN_PROBES.shared);
    await anHourLater();
    const third = Math.floor(DOMAIN_PROBES.shared / 3);
    const granted = await Promise.all(['a', 'b', 'c'].map((name) => list(name, 'three.example', DOMAIN_PROBES.shared)));
    expect(granted).toEqual([third, third, third]);
  });

  it('leaves room again once those that waited got all they wanted', async () => {
    await list('a', 'done.example', HALF);
    await list('b', 'done.example', HALF);
    expect(await list('c', 'done.example', 50)).toBe(0);
    await anHourLater();
    expect(await list('c', 'done.example', 150)).toBe(150);
    expect(await list('a', 'done.example', DOMAIN_PROBES.shared)).toBe(HALF);
  });

  it('keeps a reserve for single checks, and no workspace gets all of it', async () => {
    await list('a', 'single.example', HALF);
    await list('b', 'single.example', HALF);
    expect(await singles('wrk_a', 'single.example', DOMAIN_PROBES.reserve)).toBe(DOMAIN_PROBES.reserve / 2);
    expect(await takeProbe(of('a'), 'single.example')).toBe(false);
    expect(await takeProbe(of('c'), 'single.example')).toBe(true);
    expect(await list('c', 'single.example', 1)).toBe(0);
  });

  it('has a separate part for the free verifier, which uses up nobody else’s', async () => {
    expect(await singles(VISITORS_WORKSPACE_ID, 'free.example', DOMAIN_PROBES.visitors + 5)).toBe(DOMAIN_PROBES.visitors);
    expect(await takeProbe({ workspaceId: VISITORS_WORKSPACE_ID }, 'free.example')).toBe(false);
    expect(await list('a', 'free.example', HALF)).toBe(HALF);
    expect(await singles('wrk_b', 'free.example', HALF + DOMAIN_PROBES.reserve)).toBe(HALF + DOMAIN_PROBES.reserve / 2);
  });

  it('serves hundreds of single checks at once, each with its own answer', async () => {
    await list('a', 'rush.example', HALF - 150);
    const rush = Array.from({ length: 900 }, (_, n) =>
      takeProbe(of('a'), n % 3 === 0 ? `other${n % 2}.example` : 'rush.example'),
    );
    const granted = await Promise.all(rush);
    const ofRush = granted.filter((_, n) => n % 3 !== 0);
    expect(ofRush.filter(Boolean)).toHaveLength(Math.min(600, 150 + DOMAIN_PROBES.reserve / 2));
    expect(granted.filter((_, n) => n % 3 === 0).every(Boolean)).toBe(true);
    expect(
      (await Promise.all(Array.from({ length: 60 }, () => takeProbe(of('a'), 'rush.example')))).filter(Boolean),
    ).toHaveLength(50);
  });

  it('can be asked for many domains at once, in any order, without a deadlock', async () => {
    const domains = Array.from({ length: 50 }, (_, n) => `many${n}.example`);
    const rounds = Array.from({ length: 8 }, (_, n) =>
      takeProbes(of(`w${n}`), new Map((n % 2 === 0 ? domains : domains.toReversed()).map((domain) => [domain, 60])), 'list'),
    );
    for (const granted of await Promise.all(rounds)) expect([...granted.values()]).toEqual(domains.map(() => 60));
  });
});
