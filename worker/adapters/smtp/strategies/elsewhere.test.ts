import { describe, expect, it } from 'vitest';
import type { Heard, ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';
import { createProbeNames } from '../catch-all/catch-all';
import { addressOf, mailHost, probesOf } from '@/tests/engine/smtp-setup';
import {
  EXISTS,
  HONEST,
  namesOf,
  NO_SUCH_USER,
  NOT_FOUND,
  tallyOf,
  verdictOf,
  worldAt,
  worldOf,
} from '@/tests/engine/strategy-setup';

const LIST = [...namesOf(5), ...namesOf(5, 'gone')];
const TRUTH = { [EXISTS]: 5, [NOT_FOUND]: 5 };
const honest = () => mailHost({ rcpt: HONEST });
const knowsNobody = () => mailHost({ rcpt: () => NO_SUCH_USER });

/** Two mail hosts of the same preference. */
const equals = (...hosts: readonly ScriptedMailHost[]) =>
  worldAt(hosts.map(({ port }, n) => ({ name: `mx${String(n)}.mail.test`, preference: 10, addresses: [addressOf(port)] })));

const isFromNobody = ({ lines }: Heard): boolean => lines.findLast((line) => line.startsWith('MAIL'))?.includes('<>') === true;

it.each([['mary@example.com', EXISTS] as const, ['gone@example.com', NOT_FOUND] as const])(
  'other-sender: if the null sender is told that no mailbox exists, the other one asks for a single mailbox: %s',
  async (name, verdict) => {
    const host = await mailHost({ rcpt: (to, heard) => (isFromNobody(heard) ? NO_SUCH_USER : HONEST(to)) });
    expect(verdictOf(await worldOf([host.port]).verify(name))).toBe(verdict);
  },
);

it('other-sender: a list is told the truth too', async () => {
  const host = await mailHost({ rcpt: (to, heard) => (isFromNobody(heard) ? NO_SUCH_USER : HONEST(to)) });
  const { verify } = worldOf([host.port]);
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('other-sender: if all identities have a real sender that is refused in this way, the null sender asks', async () => {
  const host = await mailHost({ rcpt: (to, heard) => (isFromNobody(heard) ? HONEST(to) : NO_SUCH_USER) });
  const identities = ['one', 'two'].map((name) => ({
    address: null,
    helo: `${name}.example`,
    mailFrom: `check@${name}.example`,
  }));
  const { verify } = worldOf([host.port], { identities });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('other-sender: a mailbox that is gone is asked once more, and none of its domain after it', async () => {
  const host = await honest();
  const { verify } = worldOf([host.port]);
  for (const name of namesOf(2, 'gone')) expect(verdictOf(await verify(name))).toBe(NOT_FOUND);
  const mails = host.connections.flatMap(({ lines }) =>
    lines.filter((line) => line === 'MAIL FROM:<postmaster@checker.example>'),
  );
  expect(mails).toHaveLength(1);
  expect(host.asked.filter((to) => to.startsWith('gone0'))).toHaveLength(2);
});

describe.each([
  ['two addresses of one name', (one: ScriptedMailHost, two: ScriptedMailHost) => worldOf([[one.port, two.port]])],
  ['two names of one preference', equals],
])('%s', (_, worldWith) => {
  it('other-place: if one knows no one and the other does, the other is believed', async () => {
    const { verify } = worldWith(await knowsNobody(), await honest());
    expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
  });

  it('other-place: a list', async () => {
    const { verify } = worldWith(await knowsNobody(), await honest());
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
  });

  it('blocked-there: if one refuses all our identities and the other does not, the other answers', async () => {
    const blocking = await mailHost({ rcpt: () => '550 5.7.1 Client host blocked by policy' });
    const { verify } = worldWith(blocking, await honest());
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
    const before = blocking.asked.length;
    expect(verdictOf(await verify('late@example.com'))).toBe(EXISTS);
    expect(blocking.asked.length).toBe(before);
  });
});

it('other-place: a host of a lower preference, which takes everybody, is not asked for a second opinion', async () => {
  const backup = await mailHost({});
  expect(verdictOf(await worldOf([(await honest()).port, backup.port]).verify('gone@example.com'))).toBe(NOT_FOUND);
  expect(backup.connections).toHaveLength(0);
});

it('other-session: of several hosts behind one address the first knows no one: no live mailbox is called dead', async () => {
  const host = await mailHost({
    rcpt: (to, heard) => (host.connections.indexOf(heard) % 2 === 0 ? NO_SUCH_USER : HONEST(to)),
  });
  const { verify } = worldOf([host.port]);
  const [mary] = [await verify('mary@example.com')];
  expect(verdictOf(mary)).not.toBe(NOT_FOUND);
});

it.each([[5], [8], [11]])(
  'turned: if a host knows no one after %i recipients, whatever the session, no live mailbox is called dead',
  async (most) => {
    const host = await mailHost({ rcpt: (to) => (host.asked.length > most ? NO_SUCH_USER : HONEST(to)) });
    const { verify } = worldOf([host.port]);
    const names = Array.from({ length: 20 }, (_, n) => `${n % 2 === 0 ? 'user' : 'gone'}${String(n)}@example.com`);
    const verdicts = (await Promise.all(names.map((name) => verify(name)))).map(verdictOf);
    const dead = verdicts.filter((verdict, n) => verdict === NOT_FOUND && n % 2 === 0);
    expect(dead).toEqual([]);
  },
);

describe('names that are asked', () => {
  const randomName = createProbeNames('a secret');
  it.each([
    ['first.last', /^[a-z]+\.[a-z]+$/, ['mary.miller', 'gone.away'], 'x9'],
    ['nothing but letters and dots', /^[a-z.]+$/, ['mary.miller', 'mary'], 'mary9'],
    ['no dot and no digit', /^[a-z]+$/, ['mary', 'gone'], 'a.b'],
    ['at most eight characters', /^.{1,8}$/, ['mary', 'gone'], 'someone.else'],
  ])('plausible: a domain that takes every name of a pattern is a catch-all: %s', async (_, pattern, names, other) => {
    const host = await mailHost({ rcpt: (to) => (pattern.test(to.split('@')[0] ?? '') ? '250 Ok' : NO_SUCH_USER) });
    const { verify } = worldOf([host.port], { randomName });
    expect(verdictOf(await verify(`${other}@example.com`))).toBe(NOT_FOUND);
    expect(tallyOf(await Promise.all(names.map((name) => verify(`${name}@example.com`))))).toEqual({
      'risky catch_all': names.length,
    });
  });
});

it('others-refused: if two mailboxes were refused as unknown, a made-up name that is put off leaves no doubt', async () => {
  const host = await mailHost({
    rcpt: (to) => (to.startsWith('probe') ? '450 4.7.1 Too many invalid recipients, try again in an hour' : HONEST(to)),
  });
  const { verify } = worldOf([host.port]);
  const names = [...namesOf(3), ...namesOf(4, 'gone')];
  const answers = await Promise.all(names.map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual({ [EXISTS]: 3, [NOT_FOUND]: 4 });
  expect(answers[0]?.verdict.flags.catch_all).toBe(null);
  expect(probesOf(host).length).toBeLessThanOrEqual(2);
});

it('others-refused: one refused mailbox is not enough, since a host that takes every name may refuse people who left', async () => {
  let puts = 0;
  const putOff = (): string => (puts++ === 0 ? '451 4.3.0 Try again later' : '451 4.3.0 Local error');
  const host = await mailHost({
    rcpt: (to) => (to.startsWith('gone') ? NO_SUCH_USER : to.startsWith('probe') ? putOff() : '250 Ok'),
  });
  const { verify } = worldOf([host.port]);
  const answers = await Promise.all(['mary@example.com', 'gone@example.com'].map((name) => verify(name)));
  expect(answers.map(verdictOf)).toEqual(['unknown temporary_failure', NOT_FOUND]);
});
