import { describe, expect, it } from 'vitest';
import { fakePorts, subjectOf, syntaxFound } from '@/tests/engine/fake-ports';
import type { ListHit, ListsPort } from '../ports';
import { roleLayer } from './role';

const HIT: ListHit = { source: 'own: role names', since: '2026-01-01' };

describe('the role layer', () => {
  const CASES: readonly [string, Partial<ListsPort>, { role: ListHit | null; noReply: boolean; free: boolean }, string][] = [
    ['sees a person', {}, { role: null, noReply: false, free: false }, 'passed'],
    ['sees a free provider', { free: () => true }, { role: null, noReply: false, free: true }, 'passed'],
    ['sees a role', { role: (name) => (name === 'mary' ? HIT : null) }, { role: HIT, noReply: false, free: false }, 'warning'],
    ['sees a name nobody reads', { role: () => HIT, noReply: () => true }, { role: HIT, noReply: true, free: false }, 'warning'],
  ];
  it.each(CASES)('%s', async (_name, lists, facts, status) => {
    const finding = await roleLayer(subjectOf('x'), syntaxFound(), fakePorts({ lists }));
    expect(finding.facts).toEqual(facts);
    expect(finding.report.status).toBe(status);
    expect(finding.endsWith).toBeNull();
    expect(finding.evidence).toHaveLength(facts.role === null ? 0 : 1);
  });
});
