import { describe, expect, it } from 'vitest';
import { EVIDENCE_MAX_ITEMS, RETRIES_MAX } from '@/lib/platform/limits';
import { fakeAnswer, fakeEvidence } from '@/tests/database/fake-answers';
import { mergeEvidence, overAttempts } from './answer';

describe('evidence over several attempts', () => {
  it.each(['greylisted', 'connect_failed', 'temporary_failure'] as const)(
    'keeps everything if it fits, and otherwise what made an attempt wait: %s',
    (meaning) => {
      const cause = fakeEvidence({ meaning });
      expect(mergeEvidence([cause], [fakeEvidence()])).toEqual([cause, fakeEvidence()]);
      const full = Array.from({ length: EVIDENCE_MAX_ITEMS }, (_, n) => fakeEvidence({ code: n }));
      const merged = mergeEvidence([fakeEvidence(), cause], full);
      expect(merged).toHaveLength(EVIDENCE_MAX_ITEMS);
      expect(merged[0]).toEqual(cause);
      expect(merged.at(-1)).toEqual(full.at(-1));
      const causes = Array.from({ length: RETRIES_MAX + 1 }, (_, n) => fakeEvidence({ meaning, code: n }));
      expect(mergeEvidence(causes, full).slice(0, RETRIES_MAX)).toEqual(causes.slice(1));
    },
  );

  it('counts the wait that the mail host asked for, and nothing that was only remembered', () => {
    const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, seconds)).toISOString();
    const known = fakeEvidence({ layer: 'mx', stage: 'dns', at: '2026-11-23T09:00:00.000Z', remembered: true });
    const grey = fakeEvidence({ meaning: 'greylisted', at: at(1), duration_ms: 10 });
    const accepted = fakeEvidence({ at: at(8), duration_ms: 250 });
    const last = { ...fakeAnswer('x@example.com', 'mailbox_exists'), evidence: [known, accepted], durationMs: 8 };
    const whole = overAttempts([known, grey], last);
    expect(whole.durationMs).toBe(7_250);
    expect(whole.evidence).toEqual([known, grey, known, accepted]);
    expect(Object.fromEntries(whole.layers.map(({ name, duration_ms }) => [name, duration_ms]))).toMatchObject({
      mx: 1,
      smtp: 7_250,
    });
    expect(overAttempts([], last)).toBe(last);
    expect(overAttempts([known], { ...last, evidence: [] }).durationMs).toBe(8);
  });
});
