import { describe, expect, it } from 'vitest';
import { catchAllOf, fakePorts, rcptEvidence, replyOf, subjectOf, syntaxFound } from '@/tests/engine/fake-ports';
import { makeFinding } from '../findings';
import type { CatchAllOutcome } from '../ports';
import { catchAllLayer } from './catch-all';

const look = async (catchAll: CatchAllOutcome, evidence = [rcptEvidence]) => {
  const facts = { mailbox: replyOf('accepted'), catchAll, provider: null, triplet: null };
  const soFar = { ...syntaxFound(), smtp: makeFinding('smtp', { status: 'passed', summary: '', facts, evidence }) };
  return catchAllLayer(subjectOf('x'), soFar, fakePorts());
};

describe('the catch_all layer', () => {
  const CASES: readonly [CatchAllOutcome, string][] = [
    [catchAllOf('accepts_all'), 'warning'],
    [catchAllOf('refuses_unknown'), 'passed'],
    [{ kind: 'undecided', meaning: 'greylisted' }, 'unknown'],
    [{ kind: 'undecided', meaning: 'timeout' }, 'unknown'],
    [{ kind: 'not_asked' }, 'skipped'],
  ];
  it.each(CASES)('%j is %s', async (outcome, status) => {
    const finding = await look(outcome);
    expect(finding.report.status).toBe(status);
    expect(finding.facts.outcome).toEqual(outcome);
    expect(finding.evidence).toEqual([]);
  });

  it('shows a remembered answer with its date, and only once', async () => {
    const remembered = catchAllOf('accepts_all', true);
    const finding = await look(remembered);
    expect(finding.evidence).toMatchObject([
      { layer: 'catch_all', code: 250, rule: 'remembered', at: '2026-01-02T03:04:05.000Z' },
    ]);
    expect((await look(remembered, [{ ...rcptEvidence, layer: 'catch_all' }])).evidence).toEqual([]);
  });

  it('asks nobody', async () => {
    const ports = fakePorts({ smtp: { ask: () => Promise.reject(new Error('asked')) } });
    expect((await catchAllLayer(subjectOf('x'), syntaxFound(), ports)).report.status).toBe('skipped');
  });
});
