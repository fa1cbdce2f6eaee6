// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Evidence, LayerReport } from '@/lib/verdict/evidence';
import { EvidenceTimeline } from './evidence-timeline';
import { fakeVerification } from './fake-verification';
import { formatDuration } from './format-duration';
import { LayerTimeline } from './layer-timeline';
import { VerdictFacts } from './verdict-summary';

const BEGAN = Date.UTC(2026, 10, 23, 14, 5, 0);
const isoAt = (ms: number): string => new Date(BEGAN + ms).toISOString();

const exchange = (ms: number, more: Partial<Evidence>): Evidence => ({
  at: isoAt(ms),
  layer: 'smtp',
  host: 'mx.example.test',
  address: '198.18.0.1',
  provider: null,
  identity: 'mx1.example.org',
  stage: 'rcpt',
  code: 250,
  enhanced: null,
  text: 'Ok',
  meaning: 'accepted',
  rule: null,
  duration_ms: 10,
  remembered: false,
  ...more,
});
const dns = (ms: number, remembered: boolean): Evidence =>
  exchange(ms, { layer: 'mx', stage: 'dns', host: null, address: null, code: null, meaning: null, remembered });

const show = (evidence: readonly Evidence[], askedAt: string | null = isoAt(0)): string[] => {
  render(<EvidenceTimeline evidence={evidence} askedAt={askedAt} />);
  const list = screen.getByRole('list', { name: 'Evidence' });
  return [...list.querySelectorAll('[data-exchange]')].map((item) => item.textContent);
};
const timeOfDay = (ms: number): string =>
  new Date(BEGAN + ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

afterEach(cleanup);

describe('the evidence timeline', () => {
  it('says when something remembered was learned, and never counts that as time that passed', () => {
    const [known, opened, asked] = show([
      dns(-175_600, true),
      exchange(-4_000, { stage: 'connect', code: 220, remembered: true }),
      exchange(3, {}),
    ]);
    expect(known).toContain(`Remembered from ${timeOfDay(-175_600)}, 2 minutes earlier`);
    expect(opened).toContain(`On a connection open since ${timeOfDay(-4_000)}, 4 seconds earlier`);
    expect(asked).not.toContain('later');
    expect(asked).toContain('10 ms');
    expect(known).not.toContain(' ms');
  });

  it('says how long nothing was happening, and says that a question was repeated only if it was', () => {
    const slow = exchange(20, { stage: 'connect', duration_ms: 5_000 });
    const items = show([dns(0, false), slow, exchange(5_030, { meaning: 'greylisted', code: 450 }), exchange(12_040, {})]);
    expect(items.map((text) => /^[\d.]+ s later(?:, asked again)?/.exec(text)?.[0] ?? null)).toEqual([
      null,
      null,
      null,
      '7.0 s later, asked again',
    ]);
    cleanup();
    expect(show([dns(0, false), exchange(3_010, { stage: 'connect', code: 220 })])[1]).toMatch(/^3\.0 s laterGreeting/);
  });

  it('does not call EHLO under TLS a repeated question, after a slow handshake', () => {
    const stages = ['connect', 'helo', 'starttls'] as const;
    const items = show([
      ...stages.map((stage, n) => exchange(20 * n, { stage, code: 220 })),
      exchange(2_050, { stage: 'helo' }),
      exchange(2_070, {}),
    ]);
    expect(items[2]).toContain('STARTTLS');
    expect(items[3]).toMatch(/^2\.0 s laterEHLO/);
  });

  it('counts back from the start of the check if no server was asked, and gives the date if the start is unknown', () => {
    const [greeting, asked] = show([
      exchange(-1_200_020, { stage: 'connect', code: 220, remembered: true }),
      exchange(-1_200_000, { remembered: true }),
    ]);
    expect(greeting).toContain('Remembered from');
    expect(asked).toContain('20 minutes earlier');
    cleanup();
    const [unknown] = show([exchange(-1_200_000, { remembered: true })], null);
    expect(unknown).toContain('Remembered from Nov 23, 2026');
    expect(unknown).not.toContain('earlier');
  });
});

describe('a verification from memory', () => {
  it('names the time of the check that it repeats, and no new duration', () => {
    const view = fakeVerification({
      status: 'deliverable',
      reason: 'mailbox_exists',
      cached: true,
      durationMs: 0,
      createdAt: isoAt(0),
      checkedAt: isoAt(-1_200_000),
    });
    const { container } = render(<VerdictFacts view={view} />);
    expect(container.textContent).toContain(
      `Remembered from${timeOfDay(-1_200_000)}, 20 minutes earlier; nobody was asked again`,
    );
    expect(container.textContent).not.toContain('Took');
  });

  it('has layers that show when they were learned instead of a duration', () => {
    const details = { remembered: true, checked_at: isoAt(-60_000) };
    render(
      <LayerTimeline
        layers={[{ name: 'domain', status: 'passed', summary: 'The domain exists.', duration_ms: 0, details }]}
        isAsking={false}
      />,
    );
    const layer = document.querySelector('[data-layer="domain"]');
    expect(layer?.textContent).toContain(`from ${timeOfDay(-60_000)}`);
    expect(layer?.textContent).not.toContain('0 ms');
  });

  it('has no layer that took any time', () => {
    const syntax: LayerReport = { name: 'syntax', status: 'passed', summary: 'Well formed.', duration_ms: 0, details: {} };
    render(<LayerTimeline layers={[syntax]} isAsking={false} isRepeated />);
    expect(document.querySelector('[data-layer="syntax"]')?.textContent).not.toContain('ms');
  });
});

describe('layers that were skipped', () => {
  it('say once what ended the work', () => {
    const skipped = (name: LayerReport['name'], summary: string): LayerReport => ({
      name,
      status: 'skipped',
      summary,
      duration_ms: 0,
      details: {},
    });
    const why = 'Not asked: the domain does not exist.';
    const { container } = render(
      <LayerTimeline layers={[skipped('smtp', why), skipped('catch_all', why), skipped('role', 'A person.')]} isAsking={false} />,
    );
    expect(container.textContent.split(why)).toHaveLength(2);
    expect(document.querySelector('[data-layer="smtp"]')?.textContent).toContain(why);
    expect(document.querySelector('[data-layer="role"]')?.textContent).toContain('A person.');
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_000, '1.0 s'],
    [7_040, '7.0 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 0 s'],
    [185_000, '3 min 5 s'],
    [3_599_600, '1 h 0 min'],
    [3_900_000, '1 h 5 min'],
  ])('of %i ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});
