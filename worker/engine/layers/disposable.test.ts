import { describe, expect, it } from 'vitest';
import { fakePorts, mailHost, subjectOf, syntaxFound } from '@/tests/engine/fake-ports';
import { type Findings, makeFinding } from '../findings';
import type { ListHit, ListsPort } from '../ports';
import { disposableLayer } from './disposable';

const HIT: ListHit = { source: 'some-list 1.0.0', since: '2026-01-01' };
const BY_MX: ListHit = { source: 'own: mail hosts', since: '2026-01-01' };
const withMx: Findings = {
  ...syntaxFound(),
  mx: makeFinding('mx', {
    status: 'passed',
    summary: '',
    facts: { hosts: [mailHost('mx.throwaway.example')], implicit: false, provider: null },
  }),
};
const look = async (lists: Partial<ListsPort>, soFar: Findings = withMx) =>
  disposableLayer(subjectOf('x'), soFar, fakePorts({ lists }));

describe('the disposable layer', () => {
  const CASES: readonly [string, Partial<ListsPort>, { disposable: ListHit | null; relay: ListHit | null; status: string }][] = [
    ['knows nothing bad of a plain domain', {}, { disposable: null, relay: null, status: 'passed' }],
    ['finds a listed domain', { disposable: () => HIT }, { disposable: HIT, relay: null, status: 'warning' }],
    [
      'finds a fresh domain by its mail hosts',
      { disposableByMx: () => BY_MX },
      { disposable: BY_MX, relay: null, status: 'warning' },
    ],
    [
      'names the list rather than the mail host',
      { disposable: () => HIT, disposableByMx: () => BY_MX },
      { disposable: HIT, relay: null, status: 'warning' },
    ],
    [
      'never calls a relay service disposable',
      { relay: () => HIT, disposable: () => HIT, disposableByMx: () => BY_MX },
      { disposable: null, relay: HIT, status: 'passed' },
    ],
    [
      'never calls a free provider disposable by its mail hosts',
      { free: () => true, disposableByMx: () => BY_MX },
      { disposable: null, relay: null, status: 'passed' },
    ],
    [
      'warns of a known look-alike',
      { typo: () => ({ suggestion: 'gmail.com', known: true }) },
      { disposable: null, relay: null, status: 'warning' },
    ],
    [
      'does not warn of a mere near miss',
      { typo: () => ({ suggestion: 'gmail.com', known: false }) },
      { disposable: null, relay: null, status: 'passed' },
    ],
  ];
  it.each(CASES)('%s', async (_name, lists, { disposable, relay, status }) => {
    const finding = await look(lists);
    expect(finding.facts).toMatchObject({ disposable, relay });
    expect(finding.report.status).toBe(status);
    expect(finding.endsWith).toBeNull();
    expect(finding.evidence.map((item) => item.rule)).toEqual(disposable ? [disposable.source] : relay ? [relay.source] : []);
  });

  it('says which table lists a known look-alike, and since when', async () => {
    const listed: ListHit = { source: 'own: known look-alikes (gmail.com)', since: '2026-01-01' };
    const finding = await look({ typo: () => ({ suggestion: 'gmail.com', known: true, listed }) });
    expect(finding.report.details).toEqual({ source: listed.source, since: listed.since, look_alike_of: 'gmail.com' });
    expect(finding.evidence.map((item) => item.rule)).toEqual([listed.source]);
  });

  it('asks about the hosts that the mx layer found, and about none if it found none', async () => {
    const asked: (readonly string[])[] = [];
    const disposableByMx = (hosts: readonly string[]) => {
      asked.push(hosts);
      return null;
    };
    await look({ disposableByMx });
    await look({ disposableByMx }, syntaxFound());
    expect(asked).toEqual([['mx.throwaway.example'], []]);
  });
});
