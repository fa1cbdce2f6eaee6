import { expect, test } from 'vitest';
import { CHARGED_REASONS, creditsFor } from '@/lib/credits/rules/ledger';
import { FINAL_STATUSES, isReason, isStatus, POLICY_NAMES, REASONS, REASONS_BY_STATUS, recommend, statusOf } from './verdict';
import { firstGenerationFields } from './verification';

test('each reason belongs to exactly one status', () => {
  expect(new Set(REASONS).size).toBe(REASONS.length);
  expect(REASONS).toHaveLength(FINAL_STATUSES.flatMap((status) => REASONS_BY_STATUS[status]).length);
  for (const status of FINAL_STATUSES) for (const reason of REASONS_BY_STATUS[status]) expect(statusOf(reason)).toBe(status);
});

test('pending is a status and never a reason', () => {
  expect(isStatus('pending')).toBe(true);
  expect(isReason('pending')).toBe(false);
  expect(FINAL_STATUSES).not.toContain('pending');
});

test('no unknown is ever charged, and nothing that was decided without asking a server', () => {
  for (const reason of REASONS_BY_STATUS.unknown) expect(creditsFor(reason)).toBe(0);
  for (const free of [
    'syntax_invalid',
    'provider_syntax',
    'domain_not_found',
    'no_mx',
    'null_mx',
    'mx_unroutable',
    'catch_all',
    'blocklisted',
  ] as const) {
    expect(creditsFor(free)).toBe(0);
  }
  expect(creditsFor(null)).toBe(0);
  for (const reason of CHARGED_REASONS) expect(creditsFor(reason)).toBe(1);
});

test('a policy never recommends sending to an undeliverable or disposable address', () => {
  for (const policy of POLICY_NAMES) {
    for (const reason of REASONS_BY_STATUS.undeliverable) expect(recommend(reason, policy)).toBe('do_not_send');
    expect(recommend('disposable', policy)).toBe('do_not_send');
    expect(recommend('mailbox_exists', policy)).toBe('send');
  }
  expect(recommend('role_account', 'transactional')).toBe('send');
  expect(recommend('catch_all', 'newsletter')).toBe('review');
  expect(recommend(null, 'newsletter')).toBe('retry');
});

test('first-generation fields: valid means that a mailbox was proved', () => {
  const of = (
    status: 'risky' | 'deliverable' | 'undeliverable' | 'unknown',
    reason: Parameters<typeof statusOf>[0],
    mailboxProved: boolean,
  ) => firstGenerationFields({ status, reason, score: null, mailboxProved });
  expect(of('deliverable', 'mailbox_exists', true)).toEqual({ valid: true, deliverable: true, risk_level: 'low', confidence: 0 });
  expect(of('risky', 'catch_all', false).valid).toBe(false);
  expect(of('risky', 'role_account', true)).toMatchObject({ valid: true, deliverable: false, risk_level: 'medium' });
  expect(of('undeliverable', 'mailbox_not_found', false)).toMatchObject({ valid: false, risk_level: 'high' });
  expect(of('unknown', 'probe_blocked', true).valid).toBe(false);
});
