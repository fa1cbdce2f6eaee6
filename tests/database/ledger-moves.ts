// Ledger moves for tests, each in a separate transaction, and a check that the books balance.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { grantCredits, type GrantInput } from '@/lib/credits/grants';
import {
  captureHold,
  extendHold,
  holdCredits,
  type HoldInput,
  holdUpTo,
  type HoldUpToInput,
  releaseHold,
} from '@/lib/credits/holds';
import type { Cause } from '@/lib/credits/rules/ledger';
import { auditLedger } from '@/lib/credits/store/grants';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Result } from '@/lib/platform/errors';
import type { Scope } from '@/lib/platform/scope';

export const PAST = new Date('2026-01-01T00:00:00Z');
export const FUTURE = new Date('2096-01-01T00:00:00Z');

const once = (what: string): string => `${what}:${randomUUID()}`;
const A_CHECK: Cause = { type: 'verification', id: 'ver_of_a_test' };
export const A_LIST: Cause = { type: 'list', id: 'lst_of_a_test' };

export const grant = (scope: Scope, amount: number, more: Partial<GrantInput> = {}): Promise<boolean> =>
  inTransaction((tx) => grantCredits(scope, { kind: 'test', amount, sourceKey: once('grant'), expiresAt: null, ...more }, tx));

export const hold = (scope: Scope, amount: number, sourceKey = once('hold'), more: Partial<HoldInput> = {}) =>
  inTransaction((tx) => holdCredits(scope, { amount, sourceKey, cause: A_CHECK, ...more }, tx));

export const upTo = (scope: Scope, atMost: number, more: Partial<HoldUpToInput> = {}) =>
  inTransaction((tx) => holdUpTo(scope, { atMost, sourceKey: once('hold'), cause: A_LIST, ...more }, tx));

export const extend = (scope: Scope, holdId: string, atMost: number) =>
  inTransaction((tx) => extendHold(scope, { holdId, atMost }, tx));

export const capture = (scope: Scope, holdId: string, amount: number, sourceKey = once('capture')): Promise<boolean> =>
  inTransaction((tx) => captureHold(scope, { holdId, amount, sourceKey }, tx));

export const release = (scope: Scope, holdId: string): Promise<boolean> => inTransaction((tx) => releaseHold(scope, holdId, tx));

export const mustHold = async (scope: Scope, amount: number): Promise<string> => mustBeOk(await hold(scope, amount)).holdId;

export function mustBeOk<T>(result: Result<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}

export async function expectBooksToAgree(scope: Scope): Promise<void> {
  const audit = await auditLedger(scope);
  expect(audit).toMatchObject({ entries: audit.balance, remaining: audit.balance, openHolds: audit.held, broken: 0 });
  expect(audit.balance).toBeGreaterThanOrEqual(audit.held);
  expect(audit.held).toBeGreaterThanOrEqual(0);
}
