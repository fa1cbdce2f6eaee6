import { expect, it } from 'vitest';
import { BULK_ADDRESSES_AT_ONCE } from '@/lib/platform/limits';
import { shared } from './remembered';
import { fakePorts, NOW, subjectOf } from '@/tests/engine/fake-ports';
import { makeFinding } from './findings';
import type { EnginePorts } from './ports';

const KEPT_MS = 15_000;

function setUp() {
  let now = NOW;
  const ports: EnginePorts = { ...fakePorts(), clock: { now: () => now } };
  const asked: string[] = [];
  const layer = shared('domain', (_subject, soFar) => {
    asked.push(soFar.syntax?.facts.domain ?? '');
    return Promise.resolve(makeFinding('domain', { status: 'passed', summary: '', facts: { registrable: null } }));
  });
  const look = async (domain: string): Promise<void> => {
    const facts = { localPart: 'a', domain, needsSmtpUtf8: false, idn: false, tagged: false };
    const unread = { normalized: null, canonical: null, didYouMean: null };
    const syntax = makeFinding('syntax', { status: 'passed', summary: '', facts: { ...facts, ...unread } });
    await layer(subjectOf(`a@${domain}`), { syntax }, ports);
  };
  return { asked, look, wait: (ms: number) => (now += ms) };
}

it('a domain is looked up once for addresses that come within a short time, and again after that', async () => {
  const { asked, look, wait } = setUp();
  await look('a.test');
  wait(KEPT_MS - 1);
  await look('a.test');
  expect(asked).toHaveLength(1);
  wait(1);
  await look('a.test');
  expect(asked).toHaveLength(2);
});

it('at least half as many domains as may be under way are remembered, and a forgotten one is looked up again', async () => {
  const { asked, look } = setUp();
  await look('first.test');
  for (let n = 0; n < BULK_ADDRESSES_AT_ONCE / 2 - 1; n++) await look(`d${String(n)}.test`);
  await look('first.test');
  expect(asked.filter((domain) => domain === 'first.test')).toHaveLength(1);
  for (let n = 0; n < BULK_ADDRESSES_AT_ONCE; n++) await look(`e${String(n)}.test`);
  await look('first.test');
  expect(asked.filter((domain) => domain === 'first.test')).toHaveLength(2);
});
