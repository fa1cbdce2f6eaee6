import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REASONS, statusOf, type Reason } from '@/lib/verdict/verdict';
import { catchAllOf, providerOf, replyOf } from '@/tests/engine/fake-ports';
import { type Findings, makeFinding } from './findings';
import type { CatchAllOutcome } from './ports';
import { ADJUSTMENTS, BASE_SCORES, explainScore, scoreOf } from './score';

const accepted = (
  provider: Parameters<typeof providerOf>[0],
  catchAll: CatchAllOutcome = catchAllOf('refuses_unknown'),
): Findings => ({
  smtp: makeFinding('smtp', {
    status: 'passed',
    summary: '',
    facts: { mailbox: replyOf('accepted'), catchAll, provider: providerOf(provider), triplet: null },
  }),
});

describe('the score', () => {
  it('says what each weight is based on', () => {
    for (const weight of [...Object.values(BASE_SCORES), ...ADJUSTMENTS])
      expect(weight === null || weight.basis.length > 5).toBe(true);
  });

  it('orders the verdicts as people would', () => {
    const of = (reason: Reason) => scoreOf(reason, accepted({})) ?? -1;
    const order = (
      [
        'mailbox_exists',
        'role_account',
        'catch_all',
        'mailbox_full',
        'mailbox_disabled',
        'mailbox_not_found',
        'syntax_invalid',
      ] as const
    ).map(of);
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(new Set(order).size).toBe(order.length);
  });

  it('trusts a gateway less, and a provider that refuses unknown names more', () => {
    const plain = scoreOf('mailbox_exists', accepted({})) ?? 0;
    expect(scoreOf('mailbox_exists', accepted({ class: 'gateway' }))).toBeLessThan(plain);
    expect(scoreOf('mailbox_exists', accepted({ acceptance: 'truthful' }))).toBeGreaterThan(plain);
  });

  it('is the same in the second check, when the domain is remembered', () => {
    expect(scoreOf('mailbox_exists', accepted({}, catchAllOf('refuses_unknown', true)))).toBe(
      scoreOf('mailbox_exists', accepted({})),
    );
  });

  it('has no value for what only a list says, and none for what nobody knows', () => {
    expect(scoreOf('disposable', {})).toBeNull();
    expect(scoreOf('disposable', accepted({}))).not.toBeNull();
    expect(scoreOf('greylisted', accepted({}))).toBeNull();
  });
});

describe('the explanation of a score', () => {
  const CLASSES = ['mailbox', 'freemail', 'gateway', 'relay', 'disposable', 'program', 'mailing_list', 'parking'] as const;
  const worlds = CLASSES.flatMap((kind) =>
    (['truthful', 'probe', 'worthless'] as const).map((acceptance) => accepted({ class: kind, acceptance })),
  );

  it('adds up to the score, for every reason and every kind of provider', () => {
    for (const findings of [{}, ...worlds])
      for (const reason of REASONS) {
        const weights = explainScore(reason, findings);
        const sum = weights.reduce((points, weight) => points + weight.points, 0);
        expect(scoreOf(reason, findings), reason).toBe(weights.length === 0 ? null : Math.min(100, Math.max(0, sum)));
      }
  });

  it('starts with the reason’s own points and then names each adjustment', () => {
    expect(explainScore('mailbox_exists', accepted({ class: 'gateway', acceptance: 'truthful' }))).toEqual([
      { points: 95, basis: 'the host accepts this name and not every name' },
      { points: 3, basis: 'the provider is known to refuse unknown names' },
      { points: -5, basis: 'a security gateway answered, not the mailbox host behind it' },
    ]);
  });

  it('is empty for everything unknown: no number stands for “we could not tell”', () => {
    for (const reason of REASONS.filter((word) => statusOf(word) === 'unknown'))
      for (const findings of worlds) expect(explainScore(reason, findings), reason).toEqual([]);
  });

  it('never lets an undeliverable address score near a deliverable one, whoever runs the host', () => {
    const lowest = Math.min(...worlds.map((findings) => scoreOf('mailbox_exists', findings) ?? 100));
    const dead = REASONS.filter((word) => statusOf(word) === 'undeliverable');
    const highest = Math.max(...dead.flatMap((reason) => [{}, ...worlds].map((findings) => scoreOf(reason, findings) ?? 0)));
    expect(highest).toBeLessThan(30);
    expect(lowest).toBeGreaterThan(60);
  });
});

describe('what the docs say', () => {
  const page = readFileSync(new URL('../../docs/verdicts.md', import.meta.url), 'utf8').split('## Score')[1] ?? '';

  it('about each weight is what the code does', () => {
    for (const reason of REASONS) {
      const base = BASE_SCORES[reason];
      const row = page
        .split('\n')
        .find((line) => line.startsWith('|') && line.includes(`\`${reason}\``) && /\| \d+ \|/.test(line));
      if (base === null) expect(row, reason).toBeUndefined();
      else expect(row, reason).toContain(`| ${String(base.points)} |`);
    }
    for (const { points } of ADJUSTMENTS) expect(page).toContain(`| ${points > 0 ? '+' : '−'}${String(Math.abs(points))} |`);
  });
});
