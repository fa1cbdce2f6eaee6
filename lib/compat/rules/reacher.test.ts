import { expect, it } from 'vitest';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { type FinalStatus, REASONS, statusOf } from '@/lib/verdict/verdict';
import { madeUpOutcome } from '@/tests/compat/made-up-outcome';
import { reacherAnswer, REACHER_FACTS, type ReacherWord } from './reacher';

const ALLOWED: Record<FinalStatus, readonly ReacherWord[]> = {
  deliverable: ['safe'],
  // A misspelled domain accepts no mail for the intended person.
  risky: ['risky', 'invalid'],
  undeliverable: ['invalid'],
  unknown: ['unknown'],
};

it('is_reachable is our status in their words, for every reason', () => {
  for (const reason of REASONS) expect(ALLOWED[statusOf(reason)]).toContain(REACHER_FACTS[reason].reachable);
});

it('nothing is deliverable without a connection, and nothing connects if no mail is accepted', () => {
  for (const reason of REASONS) {
    const { delivers, connects, acceptsMail, syntax } = REACHER_FACTS[reason];
    expect([reason, !delivers || connects, !connects || acceptsMail, syntax || !acceptsMail]).toEqual([reason, true, true, true]);
  }
});

it('a risky answer says why', () => {
  const said = reacherAnswer(madeUpOutcome('catch_all', { flags: { ...NO_FLAGS_KNOWN, role: true, free: false } }));
  expect(said).toMatchObject({
    input: 'ann@example.org',
    is_reachable: 'risky',
    misc: { is_role_account: true, is_disposable: false, is_b2c: false },
    mx: { accepts_mail: true, records: ['mx.example.org.'] },
    smtp: { is_catch_all: true, is_deliverable: true, has_full_inbox: false },
  });
  expect(reacherAnswer(madeUpOutcome('mailbox_full')).smtp.has_full_inbox).toBe(true);
  expect(reacherAnswer(madeUpOutcome('mailbox_disabled')).smtp.is_disabled).toBe(true);
});

it('a text that is not an address has no parts', () => {
  expect(reacherAnswer(madeUpOutcome('syntax_invalid', { email: 'no address', mxHost: null })).syntax).toEqual({
    address: null,
    domain: '',
    is_valid_syntax: false,
    username: 'no address',
    normalized_email: null,
    suggestion: null,
  });
});
