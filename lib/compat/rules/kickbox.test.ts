import { describe, expect, it } from 'vitest';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { REASONS, statusOf } from '@/lib/verdict/verdict';
import { madeUpOutcome } from '@/tests/compat/made-up-outcome';
import { emailableAnswer, kickboxAnswer, kickboxCodes, KICKBOX_CODES, KICKBOX_TEST_NAMES } from './kickbox';

it('our deliverable is their deliverable, for every reason', () => {
  for (const reason of REASONS)
    expect([reason, KICKBOX_CODES[reason][0] === 'deliverable']).toEqual([reason, statusOf(reason) === 'deliverable']);
});

describe('their test addresses', () => {
  it.each([...KICKBOX_TEST_NAMES])('%s answers to a test key, as a name and as a tag', (name, codes) => {
    for (const email of [`${name}@example.com`, `ann+${name}@example.org`]) {
      expect(kickboxCodes(madeUpOutcome('no_mx', { email, test: true }))).toEqual(codes);
      expect(kickboxCodes(madeUpOutcome('no_mx', { email }))).toEqual(['undeliverable', 'invalid_domain']);
    }
  });

  it('set the flag that they are named for', () => {
    const said = (name: string) => kickboxAnswer(madeUpOutcome('mailbox_exists', { email: `${name}@example.com`, test: true }));
    expect(said('role')).toMatchObject({ role: true, disposable: false, accept_all: false });
    expect(said('disposable')).toMatchObject({ disposable: true });
    expect(said('accept-all')).toMatchObject({ accept_all: true });
    expect(said('did-you-mean').did_you_mean).not.toBeNull();
    expect(said('deliverable').did_you_mean).toBeNull();
  });
});

it('sendex is the score from 0 to 1, and 0 without one', () => {
  const answer = kickboxAnswer(madeUpOutcome('mailbox_exists', { email: 'Ann@Example.org', score: 95 }));
  expect(answer).toMatchObject({ sendex: 0.95, email: 'ann@example.org', user: 'ann', domain: 'example.org', success: true });
  expect(kickboxAnswer(madeUpOutcome('timeout', { score: null })).sendex).toBe(0);
});

it('Emailable has the same reasons, with the tag separate', () => {
  const flags = { ...NO_FLAGS_KNOWN, mailbox_full: true };
  expect(
    emailableAnswer(madeUpOutcome('mailbox_full', { email: 'ann+news@example.org', flags, durationMs: 1_500 })),
  ).toMatchObject({
    state: 'risky',
    reason: 'low_deliverability',
    user: 'ann',
    tag: 'news',
    mailbox_full: true,
    score: 90,
    duration: 1.5,
  });
});
