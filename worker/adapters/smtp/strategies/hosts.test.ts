import { expect, it } from 'vitest';
import { HANG_UP } from '@/simulators/mail/scripted-mail-host';
import { mailHost } from '@/tests/engine/smtp-setup';
import { BLOCKED, DEAD_PORT, EXISTS, HONEST, NOT_FOUND, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

const honest = () => mailHost({ rcpt: HONEST });

it('dead-first-mx: the next host answers, and the dead one is tried last for a while', async () => {
  const host = await honest();
  const { verify } = worldOf([DEAD_PORT, host.port], { timeouts: { idleMs: 1 } });
  const answer = await verify('mary@example.com');
  expect(verdictOf(answer)).toBe(EXISTS);
  expect(answer.evidence.map(({ meaning }) => meaning)).toContain('connect_failed');
  await expect.poll(() => host.connections.every(({ socket }) => socket.destroyed)).toBe(true);
  const second = await verify('john@example.com');
  expect(verdictOf(second)).toBe(EXISTS);
  expect(second.evidence.map(({ meaning }) => meaning)).not.toContain('connect_failed');
});

it('dead-first-mx: if no host can be reached, that is the verdict', async () => {
  expect(verdictOf(await worldOf([DEAD_PORT, DEAD_PORT]).verify('mary@example.com'))).toBe('unknown connect_failed');
});

it('next-address: if one address of a host is dead, its next one is dialed', async () => {
  const host = await honest();
  expect(verdictOf(await worldOf([[DEAD_PORT, host.port]]).verify('mary@example.com'))).toBe(EXISTS);
});

it.each([['421 4.3.2 Service shutting down'], ['450 4.3.2 Try again later'], ['554 5.7.1 Your address is blocked']])(
  'next-mx: after the greeting "%s" the next host is asked',
  async (greeting) => {
    const refusing = await mailHost({ greeting });
    const host = await honest();
    expect(verdictOf(await worldOf([refusing.port, host.port]).verify('mary@example.com'))).toBe(EXISTS);
    expect(refusing.connections).toHaveLength(1);
  },
);

it.each([['554 5.3.2 System not accepting network messages'], ['550 5.3.4 Message too big for system']])(
  'greets-badly: "%s" may be over with the next connection, which is tried once an hour',
  async (refusal) => {
    const refusing = (times: number) => (): string => (greeted++ < times ? refusal : '220 mx.test ESMTP');
    let greeted = 0;
    const once = await mailHost({ greeting: refusing(1), rcpt: HONEST });
    const { verify } = worldOf([once.port]);
    const names = ['mary', 'john', 'gone'].map((name) => `${name}@example.com`);
    expect((await Promise.all(names.map((name) => verify(name)))).map(verdictOf)).toEqual([EXISTS, EXISTS, NOT_FOUND]);
    greeted = 0;
    const always = await mailHost({ greeting: refusing(Number.POSITIVE_INFINITY) });
    const other = worldOf([always.port]);
    for (const name of names) expect(verdictOf(await other.verify(name))).toMatch(/^unknown/);
    expect(always.connections).toHaveLength(4);
  },
);

it.each([
  ['421 4.3.2 Service shutting down', 'unknown temporary_failure'],
  ['554 5.7.1 Your address is blocked', BLOCKED],
])('next-mx: if all greet with "%s", that is the verdict', async (greeting, verdict) => {
  const [one, two] = [await mailHost({ greeting }), await mailHost({ greeting })];
  expect(verdictOf(await worldOf([one.port, two.port]).verify('mary@example.com'))).toBe(verdict);
});

it('next-mx: a host that hangs up before it said anything about any recipient is left for the next', async () => {
  const dropping = await mailHost({ command: (line) => (line.startsWith('MAIL') ? HANG_UP : undefined) });
  const host = await honest();
  expect(verdictOf(await worldOf([dropping.port, host.port]).verify('mary@example.com'))).toBe(EXISTS);
});

it('not-hosted: "not ours" is a verdict only if every host says it', async () => {
  const notOurs = () => mailHost({ rcpt: () => '550 5.1.2 Domain not hosted here' });
  const [one, two, host] = [await notOurs(), await notOurs(), await honest()];
  expect(verdictOf(await worldOf([one.port, host.port]).verify('mary@example.com'))).toBe(EXISTS);
  expect(verdictOf(await worldOf([one.port, two.port]).verify('mary@example.com'))).toBe(NOT_FOUND);
  expect(verdictOf(await worldOf([one.port, DEAD_PORT]).verify('mary@example.com'))).toBe(BLOCKED);
});
