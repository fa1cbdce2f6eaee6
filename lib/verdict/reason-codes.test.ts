import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRADES } from './grade';
import {
  codeOfGrade,
  codeOfReason,
  codesOfReason,
  codesOfStatus,
  FINAL_STATUSES,
  type Flags,
  gradeOfCode,
  packFlags,
  reasonOfCode,
  REASONS,
  statusOf,
  unpackFlags,
} from './verdict';

describe('numbers of reasons', () => {
  it('are unique, and lead back to the reason', () => {
    expect(new Set(REASONS.map(codeOfReason)).size).toBe(REASONS.length);
    for (const reason of REASONS) expect(reasonOfCode(codeOfReason(reason))).toBe(reason);
  });

  it('of catch-all answers include the grade, which no other reason has', () => {
    expect(new Set(codesOfReason('catch_all'))).toEqual(new Set(GRADES.map(codeOfGrade)));
    for (const grade of GRADES) expect(gradeOfCode(codeOfGrade(grade))).toBe(grade);
    // Rows from before grades existed.
    expect(gradeOfCode(10)).toBe('uncertain');
    for (const reason of REASONS) {
      expect(codesOfReason(reason).map(reasonOfCode)).toEqual(codesOfReason(reason).map(() => reason));
      if (reason !== 'catch_all') expect(codesOfReason(reason).map(gradeOfCode)).toEqual([null]);
    }
    expect(new Set(REASONS.flatMap(codesOfReason)).size).toBe(REASONS.length + GRADES.length - 1);
  });

  it('of a status are those of its reasons', () => {
    for (const status of FINAL_STATUSES) {
      expect(codesOfStatus(status).map(reasonOfCode).map(statusOf)).toEqual(codesOfStatus(status).map(() => status));
    }
  });

  it('that no reason has are refused', () => {
    expect(() => reasonOfCode(0)).toThrow('no reason');
  });

  it('fit into a smallint', () => {
    for (const reason of REASONS) expect(codeOfReason(reason)).toBeLessThan(32_768);
  });
});

describe('packed flags', () => {
  const value = fc.constantFrom(true, false, null);
  const flags: fc.Arbitrary<Flags> = fc.record({
    catch_all: value,
    disposable: value,
    relay: value,
    role: value,
    free: value,
    no_reply: value,
    tagged: value,
    mailbox_full: value,
    mailbox_disabled: value,
    idn: value,
    security_gateway: value,
  });

  it('unpack to what was packed, in a number that fits a 32-bit column', () => {
    fc.assert(
      fc.property(flags, (given) => {
        const packed = packFlags(given);
        expect(packed).toBeGreaterThanOrEqual(0);
        expect(packed).toBeLessThan(2 ** 31);
        expect(unpackFlags(packed)).toEqual(given);
      }),
    );
  });
});
