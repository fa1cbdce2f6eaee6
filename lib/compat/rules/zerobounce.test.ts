import { describe, expect, it } from 'vitest';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { REASONS, statusOf } from '@/lib/verdict/verdict';
import { madeUpOutcome } from '@/tests/compat/made-up-outcome';
import { zeroBounceAnswer, zeroBounceCodes, zeroBounceDay, ZEROBOUNCE_SUB_STATUSES, ZEROBOUNCE_TEST_NAMES } from './zerobounce';

const NOW = new Date('2026-11-29T07:40:00.123Z');

it('our deliverable is their valid, and our unknown their unknown, for every reason', () => {
  for (const reason of REASONS) {
    const [status] = zeroBounceCodes(madeUpOutcome(reason));
    expect([reason, status === 'valid']).toEqual([reason, statusOf(reason) === 'deliverable']);
    expect([reason, status === 'unknown']).toEqual([reason, statusOf(reason) === 'unknown']);
  }
});

it('a tag, and a role at a catch-all domain, have their own sub-statuses', () => {
  const tagged = madeUpOutcome('mailbox_exists', { flags: { ...NO_FLAGS_KNOWN, tagged: true } });
  expect(zeroBounceCodes(tagged)).toEqual(['valid', 'alias_address']);
  const role = madeUpOutcome('catch_all', { flags: { ...NO_FLAGS_KNOWN, catch_all: true, role: true } });
  expect(zeroBounceCodes(role)).toEqual(['do_not_mail', 'role_based_catch_all']);
});

describe('their test addresses', () => {
  it.each([...ZEROBOUNCE_TEST_NAMES])(
    '%s answers as documented to a test key, and as any address to a live one',
    (name, codes) => {
      const email = `${name}@example.com`;
      expect(zeroBounceCodes(madeUpOutcome('timeout', { email, test: true }))).toEqual(codes);
      expect(zeroBounceCodes(madeUpOutcome('timeout', { email }))).toEqual(['unknown', 'timeout_exceeded']);
    },
  );

  it('only at their domain, and with words that their clients know', () => {
    const elsewhere = madeUpOutcome('mailbox_exists', { email: 'invalid@example.org', test: true });
    expect(zeroBounceCodes(elsewhere)).toEqual(['valid', '']);
    const known: readonly string[] = ['', ...ZEROBOUNCE_SUB_STATUSES];
    for (const [, subStatus] of ZEROBOUNCE_TEST_NAMES.values()) expect(known).toContain(subStatus);
  });
});

it('an answer has their fields, of their types', () => {
  const outcome = madeUpOutcome('typo_domain', { email: 'Ann@gmial.com', didYouMean: 'Ann@gmail.com', mxHost: null });
  expect(zeroBounceAnswer(outcome, NOW)).toMatchObject({
    address: 'Ann@gmial.com',
    account: 'Ann',
    domain: 'gmial.com',
    status: 'invalid',
    sub_status: 'possible_typo',
    did_you_mean: 'Ann@gmail.com',
    free_email: false,
    mx_found: 'false',
    mx_record: null,
    firstname: null,
    processed_at: '2026-11-29 07:40:00.123',
  });
});

it('days are written in the American format', () => {
  expect(zeroBounceDay('2026-11-09')).toBe('11/9/2026');
});
