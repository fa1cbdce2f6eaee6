import { expect, it } from 'vitest';
import { createMemoryCatchAllStore } from '../catch-all/catch-all-store';
import { addressOf, mailHost, probesOf } from '../smtp-bench';
import { EXISTS, HONEST, isProbe, NO_SUCH_USER, verdictOf, worldAt, worldOf } from './strategy-bench';

const CATCH_ALL = 'risky catch_all';
const ODD = '554 5.7.1 Recipient name looks like spam, rejected';
const isHuman = (to: string): boolean => to.startsWith('probe-human');

it('catch-all: an accepted made-up name means that a yes proves nothing', async () => {
  const host = await mailHost({});
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('mary@example.com'))).toBe(CATCH_ALL);
  expect(verdictOf(await verify('john@example.com'))).toBe(CATCH_ALL);
  expect(probesOf(host)).toHaveLength(1);
});

it.each([
  ['accepted', '250 Ok', CATCH_ALL],
  ['refused as unknown', NO_SUCH_USER, EXISTS],
  ['refused oddly, too', ODD, 'unknown probe_blocked'],
])('odd-probe: a random name refused by its looks is followed by a human one, which is %s', async (_, toHuman, verdict) => {
  const host = await mailHost({ rcpt: (to) => (isHuman(to) ? toHuman : isProbe(to) ? ODD : '250 Ok') });
  const { verify } = worldOf([host.port]);
  const answer = await verify('mary@example.com');
  expect(verdictOf(answer)).toBe(verdict);
  expect(probesOf(host).map(isHuman)).toEqual([false, true]);
  expect(answer.evidence.filter(({ layer }) => layer === 'catch_all')).toHaveLength(2);
  expect(verdictOf(await verify('john@example.com'))).toBe(verdict);
  expect(probesOf(host)).toHaveLength(2);
});

it('odd-probe: words against us, said of the probe alone, change neither sender nor identity', async () => {
  const host = await mailHost({
    rcpt: (to) => (isHuman(to) ? NO_SUCH_USER : isProbe(to) ? '550 5.7.1 Relaying denied' : '250 Ok'),
  });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe(EXISTS);
  expect(host.connections.flatMap(({ lines }) => lines).filter((line) => line.startsWith('MAIL'))).toHaveLength(1);
});

it('pair-a-day: two workers on one store put at most two probes, and both are right', async () => {
  for (const isCatchAll of [false, true]) {
    const host = await mailHost({ rcpt: (to) => (isCatchAll ? '250 2.1.5 Ok' : HONEST(to)) });
    const catchAll = createMemoryCatchAllStore();
    const workers = [worldOf([host.port], { catchAll }), worldOf([host.port], { catchAll })];
    const answers = await Promise.all(workers.flatMap(({ verify }) => [verify('mary@example.com'), verify('john@example.com')]));
    for (const answer of answers) expect(verdictOf(answer)).toBe(isCatchAll ? CATCH_ALL : EXISTS);
    expect(probesOf(host).length).toBeLessThanOrEqual(2);
  }
});

it('pair-a-day: where the pair was spent without an answer, the verdict is open', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const catchAll = createMemoryCatchAllStore();
  await catchAll.claim({ domain: 'example.com', at: Date.now(), wanted: 2, most: 2 });
  const answer = await worldOf([host.port], { catchAll }).verify('mary@example.com', { budgetMs: 400 });
  expect(answer.verdict.status).toBe('unknown');
  expect(probesOf(host)).toHaveLength(0);
});

it('worthless: a provider that takes every name and bounces later is named for it', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const hosts = [{ name: 'mta5.am0.yahoodns.net', preference: 10, addresses: [addressOf(host.port)] }];
  expect(verdictOf(await worldAt(hosts).verify('mary@example.com'))).toBe('unknown provider_unverifiable');
});

it('gateway: a security gateway is asked like any host, and said to be one', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const hosts = [{ name: 'mx0a-00123456.pphosted.com', preference: 10, addresses: [addressOf(host.port)] }];
  const answer = await worldAt(hosts).verify('mary@example.com');
  expect(verdictOf(answer)).toBe(EXISTS);
  expect(answer.verdict.flags.security_gateway).toBe(true);
  expect(answer.mx.gateway).toBe(true);
});
