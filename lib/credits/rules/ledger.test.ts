import { describe, expect, it } from 'vitest';
import { REASONS } from '@/lib/verdict/verdict';
import {
  CAUSE_TYPES,
  creditsFor,
  GRANT_PRIORITY,
  grantDefaults,
  isBought,
  isLedgerKind,
  LEDGER_KINDS,
  requireAmount,
  toCauseType,
} from './ledger';

describe('an answer costs a credit', () => {
  it('if a server was asked about this mailbox or a data list decided it, and never otherwise', () => {
    expect(REASONS.filter((reason) => creditsFor(reason) === 1).toSorted()).toEqual([
      'disposable',
      'mailbox_disabled',
      'mailbox_exists',
      'mailbox_full',
      'mailbox_not_found',
      'role_account',
      'typo_domain',
    ]);
  });
});

describe('an amount of credits', () => {
  it.each([1, 2_147_483_647])('may be %s', (amount) => expect(() => requireAmount(amount)).not.toThrow());

  it.each([0, -1, 0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2_147_483_648])('is never %s', (amount) =>
    expect(() => requireAmount(amount)).toThrow(`not an amount of credits: ${amount}`),
  );
});

describe('grants that expire together', () => {
  it('are spent in this order: the plan’s, gifts, refunds, and last what was paid for', () => {
    const { plan, gift, refund, purchase } = GRANT_PRIORITY;
    expect([purchase, refund, gift, plan].toSorted((a, b) => a - b)).toEqual([plan, gift, refund, purchase]);
    expect(new Set([plan, gift, refund, purchase]).size).toBe(4);
  });

  it.each([
    ['monthly', GRANT_PRIORITY.plan, 'plan'],
    ['plan', GRANT_PRIORITY.plan, 'plan'],
    ['purchase', GRANT_PRIORITY.purchase, 'purchase'],
    ['pack', GRANT_PRIORITY.purchase, 'purchase'],
    ['welcome', GRANT_PRIORITY.gift, 'grant'],
    // A property that every object inherits.
    ['toString', GRANT_PRIORITY.gift, 'grant'],
  ])('of the kind %s have the priority and cause of their kind', (kind, priority, causeType) => {
    expect(grantDefaults(kind)).toEqual({ priority, causeType });
  });

  it('were paid for as a purchase, a pack or a plan; the free month and gifts were not', () => {
    expect(['purchase', 'pack', 'plan', 'monthly', 'welcome', 'refund'].filter(isBought)).toEqual(['purchase', 'pack', 'plan']);
  });
});

describe('a line of the ledger', () => {
  it('moves credits or reserves them, and has no other kind', () => {
    expect([...LEDGER_KINDS].toSorted()).toEqual(['capture', 'expire', 'grant', 'hold', 'refund', 'release']);
    expect(LEDGER_KINDS.every(isLedgerKind)).toBe(true);
    expect(['', 'Grant', 'charge'].some(isLedgerKind)).toBe(false);
  });

  it('has one of the known causes; an unknown word is an adjustment', () => {
    expect(CAUSE_TYPES.map(toCauseType)).toEqual(CAUSE_TYPES);
    expect(toCauseType('promotion')).toBe('adjustment');
  });
});
