import { describe, expect, it, vi } from 'vitest';
import { RESOLVER_CHECK_FRESH_MS } from '@/lib/platform/limits';
import type { ResolverState } from '@/lib/verdict/health';
import { createResolverWatch } from './resolver-health';

function watchOf(state: ResolverState, { isChosen = false, ownZones = [] as string[], invented = [] as string[] } = {}) {
  const time = { now: 0, state };
  const check = vi.fn(() => Promise.resolve({ state: time.state, isChosen, detail: null, invented }));
  return { time, check, watch: createResolverWatch({ check, isChosen, clock: { now: () => time.now }, ownZones }) };
}

describe('what the resolver’s word is worth', () => {
  it.each([
    ['healthy', false, 'proven'],
    ['denies_known', false, 'broken'],
    ['invents', false, 'broken'],
    ['silent', false, 'unproven'],
    ['healthy', true, 'proven'],
    ['denies_known', true, 'unproven'],
    ['invents', true, 'unproven'],
    ['silent', true, 'unproven'],
  ] as const)('%s, chosen %s: %s', async (state, isChosen, trust) => {
    expect(await watchOf(state, { isChosen }).watch.trustIn('a.test')).toBe(trust);
  });

  it('is checked once for all who ask at the same time, and remembered for a short while', async () => {
    const { check, watch, time } = watchOf('denies_known');
    await Promise.all([watch.trustIn('a.test'), watch.trustIn('b.test')]);
    time.now = RESOLVER_CHECK_FRESH_MS - 1;
    expect(watch.trustIn('c.test')).toBe('broken');
    expect(check).toHaveBeenCalledTimes(1);
    // The resolver was repaired.
    time.state = 'healthy';
    time.now = RESOLVER_CHECK_FRESH_MS;
    expect(await watch.trustIn('c.test')).toBe('proven');
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('does not matter for zones that have their own server', () => {
    const { check, watch } = watchOf('denies_known', { ownZones: ['sandbox.test'] });
    expect([watch.trustIn('sandbox.test'), watch.trustIn('a.sandbox.test')]).toEqual(['proven', 'proven']);
    expect(check).not.toHaveBeenCalled();
  });

  it('knows the addresses that it makes up once it has looked', async () => {
    const { watch } = watchOf('invents', { invented: ['198.51.100.7'] });
    expect(watch.isInvented('198.51.100.7')).toBe(false);
    await watch.check();
    expect([watch.isInvented('198.51.100.7'), watch.isInvented('198.51.100.8')]).toEqual([true, false]);
  });
});
