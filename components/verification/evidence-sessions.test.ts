import { expect, it } from 'vitest';
import type { Evidence } from '@/lib/verdict/evidence';
import { groupEvidence, speaksFor } from './evidence-sessions';
import { timesOf } from './evidence-times';

const said = (more: Partial<Evidence>): Evidence => ({
  at: '2026-11-23T12:00:00.000Z',
  layer: 'smtp',
  host: 'mx1.example.test',
  address: '198.18.0.1',
  provider: null,
  identity: null,
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
const dns: Partial<Evidence> = { layer: 'mx', stage: 'dns', host: 'resolver', address: null, code: null };
const groups = (...evidence: Partial<Evidence>[]) => groupEvidence(timesOf(evidence.map(said), null));

it('keeps lookups together, and each conversation with a server, including the made-up name', () => {
  const found = groups({ ...dns, layer: 'domain' }, dns, { stage: 'connect' }, {}, { layer: 'catch_all' });
  expect(found.map(({ kind, host, items }) => [kind, host, items.length])).toEqual([
    ['lookup', null, 2],
    ['session', 'mx1.example.test', 3],
  ]);
  expect(found.map((group) => speaksFor(group, 'catch_all'))).toEqual([false, true]);
});

it('begins a new group with another host, another address or another greeting', () => {
  const found = groups({ stage: 'connect' }, {}, { stage: 'connect' }, { address: '198.18.0.2' }, { host: 'mx2.example.test' });
  expect(found.map(({ items }) => items.length)).toEqual([2, 1, 1, 1]);
});

it('counts only the time of this check', () => {
  expect(groups({ stage: 'connect', remembered: true }, {}, {})[0]?.durationMs).toBe(20);
  expect(groups({ ...dns, remembered: true })[0]?.durationMs).toBeNull();
});
