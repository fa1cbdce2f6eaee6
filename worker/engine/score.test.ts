import { describe, expect, it } from 'vitest';
import type { Reason } from '@/lib/domain/verdict';
import { catchAllOf, providerOf, replyOf } from './fake-ports';
import type { Findings } from './findings';
import { makeFinding } from './make-finding';
import type { CatchAllOutcome } from './ports';
import { ADJUSTMENTS, BASE_SCORES, scoreOf } from './score';

const accepted = (
  provider: Parameters<typeof providerOf>[0],
  catchAll: CatchAllOutcome = catchAllOf('refuses_unknown'),
): Findings => ({
  smtp: makeFinding('smtp', {
    status: 'passed',
    summary: '',
    facts: { mailbox: replyOf('accepted'), catchAll, provider: providerOf(provider), triplet: null },
  }),
});

describe('the score', () => {
  it('says for each weight what it rests on', () => {
    for (const weight of [...Object.values(BASE_SCORES), ...ADJUSTMENTS])
      expect(weight === null || weight.basis.length > 5).toBe(true);
  });

  it('orders the verdicts as people would', () => {
    const of = (reason: Reason) => scoreOf(reason, accepted({})) ?? -1;
    const order = (
      [
        'mailbox_exists',
        'role_account',
        'accept_all',
        'mailbox_full',
        'mailbox_disabled',
        'mailbox_not_found',
        'syntax_invalid',
      ] as const
    ).map(of);
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(new Set(order).size).toBe(order.length);
  });

  it('trusts a gateway less, and a provider that refuses unknown names more', () => {
    const plain = scoreOf('mailbox_exists', accepted({})) ?? 0;
    expect(scoreOf('mailbox_exists', accepted({ class: 'gateway' }))).toBeLessThan(plain);
    expect(scoreOf('mailbox_exists', accepted({ acceptance: 'truthful' }))).toBeGreaterThan(plain);
  });

  it('is the same at the second check, when the domain is remembered', () => {
    expect(scoreOf('mailbox_exists', accepted({}, catchAllOf('refuses_unknown', true)))).toBe(
      scoreOf('mailbox_exists', accepted({})),
    );
  });

  it('has none for what a list alone says, and none for what nobody knows', () => {
    expect(scoreOf('disposable', {})).toBeNull();
    expect(scoreOf('disposable', accepted({}))).not.toBeNull();
    expect(scoreOf('greylisted', accepted({}))).toBeNull();
  });
});
