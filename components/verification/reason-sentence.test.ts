import { describe, expect, it } from 'vitest';
import { FINAL_STATUSES, REASONS, REASONS_BY_STATUS } from '@/lib/verdict/verdict';
import { REASON_COPY, reasonSentence, STATUS_LABEL } from './reason-sentence';

describe('the words for a verdict', () => {
  it.each(REASONS)('has one sentence and a unique label for %s', (reason) => {
    expect(REASON_COPY[reason].sentence).toMatch(/^[A-Z].*\.$/);
    expect(REASONS.filter((other) => REASON_COPY[other].label === REASON_COPY[reason].label)).toEqual([reason]);
  });

  it.each(REASONS_BY_STATUS.unknown)('never says of an unknown (%s) that the mailbox does or does not exist', (reason) => {
    expect(REASON_COPY[reason].sentence).toMatch(/could not tell|nobody can tell/);
    expect(REASON_COPY[reason].sentence).not.toMatch(/not exist|exists/);
  });

  it('never calls anything valid or invalid', () => {
    const words = [...REASONS.map((reason) => REASON_COPY[reason].sentence), ...Object.values(STATUS_LABEL)].join(' ');
    expect(words).not.toMatch(/valid/i);
  });

  it.each(FINAL_STATUSES)('claims nothing for %s without a reason', (status) => {
    expect(reasonSentence(status, null)).toBe('Nothing decisive was found.');
  });
});
