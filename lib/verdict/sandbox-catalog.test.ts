import { describe, expect, it } from 'vitest';
import { SANDBOX_BEHAVIOURS, SANDBOX_CATALOGUE } from './sandbox-catalog';
import { FINAL_STATUSES, statusOf } from './verdict';

describe('the sandbox catalog', () => {
  it('has one domain per behavior, with something to try and words for people', () => {
    expect(SANDBOX_CATALOGUE.map(({ domain }) => domain)).toEqual(
      SANDBOX_BEHAVIOURS.map((behavior) => `${behavior}.sandbox.test`),
    );
    for (const { title, description, tries } of SANDBOX_CATALOGUE) {
      expect(tries.length).toBeGreaterThan(0);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(description).toMatch(/^[A-Z][^.]*(?:\.\S[^.]*)*\.$/);
    }
  });

  it('names each address once, on its own domain', () => {
    const emails = SANDBOX_CATALOGUE.flatMap(({ domain, tries }) =>
      tries.map(({ email }) => {
        expect(email.endsWith(`@${domain}`)).toBe(true);
        return email;
      }),
    );
    expect(new Set(emails).size).toBe(emails.length);
  });

  it('expects the status that belongs to the reason, and shows every status', () => {
    const verdicts = SANDBOX_CATALOGUE.flatMap(({ tries }) =>
      tries.flatMap(({ expected, first }) => (first ? [expected, first] : [expected])),
    );
    for (const { status, reason } of verdicts) expect(status).toBe(statusOf(reason));
    expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(FINAL_STATUSES));
  });

  it('has a first answer for the greylisting domain only', () => {
    const twice = SANDBOX_CATALOGUE.filter(({ tries }) => tries.some(({ first }) => first !== null));
    expect(twice.map(({ behavior }) => behavior)).toEqual(['greylist']);
    expect(twice[0]?.tries[0]).toEqual({
      email: 'alice@greylist.sandbox.test',
      expected: { status: 'deliverable', reason: 'mailbox_exists' },
      first: { status: 'unknown', reason: 'greylisted' },
    });
  });
});
