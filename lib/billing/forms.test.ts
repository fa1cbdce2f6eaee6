import { describe, expect, it } from 'vitest';
import { AUTO_TOP_UP_BELOW_MAX, AUTO_TOP_UPS_A_MONTH_MAX } from '@/lib/platform/limits';
import { autoTopUpSchema, changePlanSchema, checkoutSchema, checkoutSessionId, invoiceCursor } from './forms';

describe('the automatic top-up', () => {
  const on = { wish: 'on', below: '1000', pack: '10k', maxAMonth: '3' };

  it('is read from a form', () => {
    expect(autoTopUpSchema.parse(on)).toEqual({ below: 1_000, pack: '10k', maxAMonth: 3 });
    expect(autoTopUpSchema.parse({ ...on, wish: 'off' })).toBeNull();
  });

  it.each([
    ['below', '0'],
    ['below', String(AUTO_TOP_UP_BELOW_MAX + 1)],
    ['below', '1.5'],
    ['below', ''],
    ['maxAMonth', '0'],
    ['maxAMonth', String(AUTO_TOP_UPS_A_MONTH_MAX + 1)],
    ['pack', '3k'],
  ])('refuses %s = %s at its field', (field, value) => {
    const parsed = autoTopUpSchema.safeParse({ ...on, [field]: value });
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it('accepts the largest allowed numbers', () => {
    const most = { ...on, below: String(AUTO_TOP_UP_BELOW_MAX), maxAMonth: String(AUTO_TOP_UPS_A_MONTH_MAX) };
    expect(autoTopUpSchema.parse(most)).toMatchObject({ below: AUTO_TOP_UP_BELOW_MAX, maxAMonth: AUTO_TOP_UPS_A_MONTH_MAX });
  });
});

describe('what is bought', () => {
  it('is one of the offers', () => {
    expect(checkoutSchema.parse({ offer: 'pack_5k' }).offer).toEqual({ kind: 'pack', pack: '5k' });
    expect(checkoutSchema.safeParse({ offer: 'price_123' }).success).toBe(false);
  });

  it('a change names a plan, an interval and a moment', () => {
    const change = { plan: 'starter', interval: 'year', at: '2026-11-26T12:00:00.000Z' };
    expect(changePlanSchema.parse(change).at).toEqual(new Date(change.at));
    for (const wrong of [{ plan: 'free' }, { interval: 'week' }, { at: 'now' }]) {
      expect(changePlanSchema.safeParse({ ...change, ...wrong }).success).toBe(false);
    }
  });
});

describe('ids in addresses', () => {
  it.each(['in_1AbC', 'cs_test_a1', null, '', '../in_1', 'in_1?x', `in_${'a'.repeat(61)}`])('%s', (word) => {
    expect(invoiceCursor(word)).toBe(word === 'in_1AbC' ? word : null);
    expect(checkoutSessionId(word)).toBe(word === 'cs_test_a1' ? word : null);
  });
});
