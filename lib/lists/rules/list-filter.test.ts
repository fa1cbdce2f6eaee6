import { describe, expect, it } from 'vitest';
import { POLICY_NAMES, REASONS } from '@/lib/verdict/verdict';
import { SEGMENTS } from './list';
import { isEmptyFilter, reasonsOfFilter, reasonsOfSegment, storedProvider, toRowSearch } from './view';

describe('the filter of a list', () => {
  it('has the reasons of its status, only its reason if it names one, and none if they disagree', () => {
    expect(reasonsOfFilter({})).toBeNull();
    expect(reasonsOfFilter({ status: 'deliverable' })).toEqual(['mailbox_exists']);
    expect(reasonsOfFilter({ reason: 'no_mx' })).toEqual(['no_mx']);
    expect(reasonsOfFilter({ status: 'undeliverable', reason: 'no_mx' })).toEqual(['no_mx']);
    expect(reasonsOfFilter({ status: 'risky', reason: 'no_mx' })).toEqual([]);
  });

  it('searches for a whole domain after an @ sign, in A-labels, and otherwise for a beginning', () => {
    expect(toRowSearch('ann')).toEqual({ kind: 'beginning', beginning: 'ann' });
    expect(toRowSearch('@Bücher.example')).toEqual({ kind: 'domain', domain: 'xn--bcher-kva.example' });
    expect(toRowSearch('@nothing here')).toEqual({ kind: 'domain', domain: 'nothing here' });
  });

  it('tells an empty filter from any other', () => {
    expect(isEmptyFilter({ status: undefined })).toBe(true);
    expect(isEmptyFilter({ q: 'a' })).toBe(false);
    expect(storedProvider('none')).toBe('');
  });
});

describe('the segments of a list', () => {
  it.each(POLICY_NAMES)('assign every reason to exactly one segment under the policy %s', (policy) => {
    const parts = SEGMENTS.filter((segment) => segment !== 'all').map((segment) => reasonsOfSegment(segment, policy) ?? []);
    expect(parts.flat().toSorted()).toEqual([...REASONS].toSorted());
    expect(reasonsOfSegment('all', policy)).toBeNull();
  });
});
