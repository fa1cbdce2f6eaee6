import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShare, reserveOf, type DomainUse } from './domain-probes';
import { DOMAIN_PROBES } from '@/lib/platform/limits';

const use = (workspaceId: string, shared: number, isWaiting = false, reserved = 0): DomainUse => ({
  workspaceId,
  shared,
  reserved,
  isWaiting,
});
const ALL = DOMAIN_PROBES.shared;

describe('the fair share of a domain’s hour', () => {
  it.each<[string, DomainUse[], number]>([
    ['nobody else: half, since others may come', [], ALL / 2],
    ['one other who wants little', [use('b', 100)], ALL / 2],
    ['one other who waits', [use('b', 0, true)], ALL / 2],
    ['one other who has used its half', [use('b', ALL / 2, true)], ALL / 2],
    ['two others who wait', [use('b', 0, true), use('c', 0, true)], Math.floor(ALL / 3)],
    ['one who took half before the others came, and one who waits', [use('b', ALL / 2, true), use('c', 10, true)], ALL / 4],
    ['what the contented have used is not shared again', [use('b', 2_800), use('c', 0, true), use('d', 0, true)], 2_000],
    ['nothing is left', [use('b', ALL / 2), use('c', ALL / 2)], 0],
  ])('%s', (_, others, expected) => {
    expect(fairShare([...others, use('a', 7, true)], 'a')).toBe(expected);
  });

  it('is never exceeded in total, whoever asks when and for how much; workspaces that always want more get equal shares', () => {
    const asks = fc.array(fc.record({ who: fc.integer({ min: 0, max: 6 }), count: fc.integer({ min: 1, max: 3_000 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(asks, (steps) => {
        const uses = new Map<string, DomainUse>();
        for (const { who, count } of steps) {
          const id = String(who);
          const mine = uses.get(id) ?? use(id, 0);
          const granted = Math.max(0, Math.min(count, fairShare([...uses.values()], id) - mine.shared));
          uses.set(id, { ...mine, shared: mine.shared + granted, isWaiting: mine.isWaiting || granted < count });
          expect([...uses.values()].reduce((sum, { shared }) => sum + shared, 0)).toBeLessThanOrEqual(ALL);
          expect(uses.get(id)?.shared).toBeLessThanOrEqual(ALL / 2);
        }
      }),
    );
    for (const count of [2, 3, 5, 8]) {
      const waiting = Array.from({ length: count }, (_, n) => use(String(n), 0, true));
      expect(waiting.map(({ workspaceId }) => fairShare(waiting, workspaceId))).toEqual(
        waiting.map(() => Math.floor(ALL / count)),
      );
    }
  });
});

describe('the reserve for single checks', () => {
  it('gives each workspace half of what the others have left of it', () => {
    expect(reserveOf([], 'a')).toBe(DOMAIN_PROBES.reserve / 2);
    expect(reserveOf([use('b', 0, false, 500)], 'a')).toBe(250);
    expect(reserveOf([use('b', 0, false, 500), use('c', 0, false, 250), use('a', 0, false, 99)], 'a')).toBe(125);
    expect(reserveOf([use('b', 0, false, DOMAIN_PROBES.reserve)], 'a')).toBe(0);
  });
});
