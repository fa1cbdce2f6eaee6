import { expect, it } from 'vitest';
import { createMemoryCatchAllStore } from '../catch-all/domain-state';
import { addressOf, mailHost, probesOf } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, isProbe, NO_SUCH_USER, NOT_FOUND, verdictOf, worldAt, worldOf } from '@/tests/engine/strategy-setup';

const CATCH_ALL = 'risky catch_all';
const ODD = '554 5.7.1 Recipient name looks like spam, rejected';
const isHuman = (to: string): boolean => to.startsWith('probe-human');

it('catch-all: an accepted made-up name means that a yes proves nothing', async () => {
  const host = await mailHost({});
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('mary@example.com'))).toBe(CATCH_ALL);
  expect(verdictOf(await verify('john@example.com'))).toBe(CATCH_ALL);
  // The same name goes behind the mailbox and, since the host has refused no one, once more with nothing before it.
  expect(new Set(probesOf(host)).size).toBe(1);
  expect(host.connections.map(({ recipients }) => recipients)).toEqual([2, 2]);
});

it.each([
  ['accepted', '250 Ok', CATCH_ALL],
  ['refused as unknown', NO_SUCH_USER, EXISTS],
  ['refused oddly in other words', '550 5.7.1 Blocked by policy', 'unknown probe_blocked'],
  ['refused in the same words', ODD, EXISTS],
])('odd-probe: a human name refused by policy is followed by random letters, which are %s', async (_, toRandom, verdict) => {
  const host = await mailHost({ rcpt: (to) => (isHuman(to) ? ODD : isProbe(to) ? toRandom : '250 Ok') });
  const { verify } = worldOf([host.port]);
  const answer = await verify('mary@example.com');
  expect(verdictOf(answer)).toBe(verdict);
  expect(probesOf(host).map(isHuman)).toEqual([true, false]);
  expect(answer.evidence.filter(({ layer }) => layer === 'catch_all')).toHaveLength(2);
  expect(verdictOf(await verify('john@example.com'))).toBe(verdict);
  expect(probesOf(host)).toHaveLength(2);
});

it('plausible: a domain that takes only names like those of people is a catch-all', async () => {
  const host = await mailHost({ rcpt: (to) => (isHuman(to) || !isProbe(to) ? '250 Ok' : NO_SUCH_USER) });
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('mary@example.com'))).toBe(CATCH_ALL);
  expect(probesOf(host).map(isHuman)).toEqual([true, true]);
});

it.each([
  ['accepted: it takes names that nobody has', '250 Ok', CATCH_ALL],
  ['refused, too', NO_SUCH_USER, EXISTS],
  ['refused by their looks, which says nothing new', ODD, EXISTS],
  ['put off', '451 4.3.0 Try again later', EXISTS],
])('plausible: if only a human name was refused, random letters are asked too: %s', async (_, toRandom, verdict) => {
  const host = await mailHost({ rcpt: (to) => (isHuman(to) ? NO_SUCH_USER : isProbe(to) ? toRandom : '250 Ok') });
  const { verify } = worldOf([host.port]);
  const verdicts = (await Promise.all(['mary', 'john', 'anna'].map((name) => verify(`${name}@example.com`)))).map(verdictOf);
  expect(verdicts).toEqual([verdict, verdict, verdict]);
  expect(verdictOf(await verify('later@example.com'))).toBe(verdict);
  expect(probesOf(host).map(isHuman)).toEqual([true, false]);
});

it('plausible: if a mailbox was refused as well, the human name is enough', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('gone@example.com'))).toBe(NOT_FOUND);
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  expect(probesOf(host).map(isHuman)).toEqual([true]);
});

it('odd-probe: words against us about the probe only change neither sender nor identity', async () => {
  const host = await mailHost({
    rcpt: (to) => (isHuman(to) ? '550 5.7.1 Relaying denied' : isProbe(to) ? NO_SUCH_USER : '250 Ok'),
  });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe(EXISTS);
  const mails = host.connections.map(({ lines }) => lines.filter((line) => line.startsWith('MAIL')));
  expect(mails).toEqual([['MAIL FROM:<>'], ['MAIL FROM:<>']]);
});

it('pair-a-day: two workers on one store send at most two probes, and both are right', async () => {
  for (const isCatchAll of [false, true]) {
    const host = await mailHost({ rcpt: (to) => (isCatchAll ? '250 2.1.5 Ok' : HONEST(to)) });
    const catchAll = createMemoryCatchAllStore();
    const workers = [worldOf([host.port], { catchAll }), worldOf([host.port], { catchAll })];
    const answers = await Promise.all(workers.flatMap(({ verify }) => [verify('mary@example.com'), verify('john@example.com')]));
    for (const answer of answers) expect(verdictOf(answer)).toBe(isCatchAll ? CATCH_ALL : EXISTS);
    expect(probesOf(host).length).toBeLessThanOrEqual(2);
  }
});

it('pair-a-day: if the pair was spent without an answer, the verdict is open', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const catchAll = createMemoryCatchAllStore();
  await catchAll.claim({ domain: 'example.com', at: Date.now(), wanted: 2, most: 2 });
  const answer = await worldOf([host.port], { catchAll }).verify('mary@example.com', { budgetMs: 400 });
  expect(answer.verdict.status).toBe('unknown');
  expect(probesOf(host)).toHaveLength(0);
});

it('pair-a-day: what another worker finds out is believed within a second or so, and not every mailbox asks for it', async () => {
  let puts = 0;
  const putOff = (): string => (puts++ === 0 ? '451 4.3.0 Try again later' : '451 4.3.0 Local error');
  const host = await mailHost({ rcpt: (to) => (isProbe(to) ? putOff() : '250 Ok') });
  const store = createMemoryCatchAllStore();
  let looks = 0;
  const find: typeof store.find = (domain) => {
    looks += 1;
    return store.find(domain);
  };
  const { verify } = worldOf([host.port], { catchAll: { ...store, find } });
  expect(verdictOf(await verify('mary@example.com'))).toMatch(/^unknown/);
  const before = looks;
  for (const name of ['ann', 'ben', 'eve', 'tom']) expect(verdictOf(await verify(`${name}@example.com`))).toMatch(/^unknown/);
  expect(looks - before).toBeLessThan(4);
  const said = { code: 250, enhanced: null, text: 'Ok', host: 'mx.example.com', isBySession: false };
  await store.remember({ domain: 'example.com', catchAll: true, checkedAt: Date.now(), ...said });
  await expect.poll(async () => verdictOf(await verify('john@example.com')), { interval: 200 }).toBe(CATCH_ALL);
});

it.each([
  ['takes everybody after an acceptance', true, [CATCH_ALL, CATCH_ALL]],
  ['refuses who is not there', false, [EXISTS, NOT_FOUND]],
])(
  'pair-a-day: a worker that comes back to a greylist asks behind a mailbox, at a host that %s',
  async (_, isBlind, verdicts) => {
    const known = new Set<string>();
    const taken = new WeakSet<object>();
    const host = await mailHost({
      rcpt: (to, connection) => {
        if (!known.has(to)) {
          known.add(to);
          return '450 4.2.0 Greylisted, please try again later';
        }
        const isTaken = (isBlind && taken.has(connection)) || HONEST(to).startsWith('250');
        if (isTaken) taken.add(connection);
        return isTaken ? '250 2.1.5 Ok' : NO_SUCH_USER;
      },
    });
    const catchAll = createMemoryCatchAllStore();
    const [first, second] = [worldOf([host.port], { catchAll }), worldOf([host.port], { catchAll })];
    const names = ['mary@example.com', 'gone@example.com'];
    const before = await Promise.all(names.map((name) => first.verify(name)));
    expect(before.map(verdictOf)).toEqual(names.map(() => 'unknown greylisted'));
    const after = await Promise.all(
      before.map(({ email, askAgain }) => second.verify(email, { triplet: askAgain?.triplet ?? null })),
    );
    expect(after.map(verdictOf)).toEqual(verdicts);
  },
);

it('worthless: a provider that takes every name and bounces later is named for it', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const hosts = [{ name: 'mta5.am0.yahoodns.net', preference: 10, addresses: [addressOf(host.port)] }];
  expect(verdictOf(await worldAt(hosts).verify('mary@example.com'))).toBe('unknown provider_unverifiable');
});

it('gateway: a security gateway is asked like any host, and reported as one', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const hosts = [{ name: 'mx0a-00123456.pphosted.com', preference: 10, addresses: [addressOf(host.port)] }];
  const answer = await worldAt(hosts).verify('mary@example.com');
  expect(verdictOf(answer)).toBe(EXISTS);
  expect(answer.verdict.flags.security_gateway).toBe(true);
  expect(answer.mx.gateway).toBe(true);
});
