import { describe, expect, it } from 'vitest';
import { LAYER_NAMES } from './evidence';
import { testAnswer, testDelayMs } from './test-answer';
import { REASONS, statusOf } from './verdict';

describe('the answer of a test key', () => {
  it.each(REASONS)('is %s when the address names it, with hyphens or as a tag', (reason) => {
    for (const local of [reason, reason.replaceAll('_', '-'), `jane+${reason}`, reason.toUpperCase()]) {
      expect(testAnswer(`${local}@example.com`, 0).verdict).toMatchObject({ reason, status: statusOf(reason) });
    }
  });

  it('is deliverable for any other address, and invalid for a text that is not an address', () => {
    expect(testAnswer('jane@example.com', 0).verdict.reason).toBe('mailbox_exists');
    expect(testAnswer('jane', 0).verdict.reason).toBe('syntax_invalid');
  });

  it('says in its evidence that nobody was asked, and has all seven layers', () => {
    const answer = testAnswer('catch_all@example.com', 0);
    expect(answer.layers.map((layer) => layer.name)).toEqual(LAYER_NAMES);
    expect(answer.evidence).toMatchObject([{ rule: 'test-key', host: null, meaning: null }]);
    expect(answer.verdict.flags.catch_all).toBe(true);
  });

  it.each([
    ['slow-3000@example.com', 3_000],
    ['jane+slow-250@example.com', 250],
    ['slow-99999@example.com', 30_000],
    ['pending-then-deliverable@example.com', 2_000],
    ['jane@slow-3000.example', 0],
    ['slow-@example.com', 0],
  ])('of %s takes %i ms', (email, ms) => {
    expect(testDelayMs(email)).toBe(ms);
  });
});
