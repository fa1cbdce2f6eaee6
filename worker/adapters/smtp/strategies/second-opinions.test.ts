import { expect, it } from 'vitest';
import { mailHost } from '@/tests/engine/smtp-setup';
import {
  BLOCKED,
  EXISTS,
  isProbe,
  namesOf,
  NO_SUCH_USER,
  NOT_FOUND,
  tallyOf,
  verdictOf,
  worldOf,
} from '@/tests/engine/strategy-setup';

const one = { address: null, helo: 'one.example', mailFrom: '' };
const two = { address: null, helo: 'two.example', mailFrom: '' };
const identities = [one, two];

const isAs = ({ helo }: { helo: string }, lines: readonly string[]): boolean => lines.includes(`EHLO ${helo}`);
const isPostmaster = (to: string): boolean => to.startsWith('postmaster@');
const isDead = (to: string): boolean => isProbe(to) || to.startsWith('gone');

/** Tells the first identity that no mailbox exists; `blind`: not even its postmaster. */
const liar = (isThere: (to: string) => boolean) =>
  mailHost({ rcpt: (to, { lines }) => (isAs(one, lines) || !isThere(to) ? NO_SUCH_USER : '250 2.1.5 Ok') });

it('liar: a host that refuses everybody of a domain to one identity, and accepts one for another, is asked with the latter', async () => {
  const host = await liar((to) => !isDead(to));
  const { verify } = worldOf([host.port], { identities });
  const names = [...namesOf(4), ...namesOf(3, 'gone')];
  const answers = await Promise.all(names.map((name) => verify(name)));
  expect(answers.map(verdictOf)).toEqual([
    ...Array.from({ length: 4 }, () => EXISTS),
    ...Array.from({ length: 3 }, () => NOT_FOUND),
  ]);
  // Nothing that the first identity was told is shown as being about the mailbox.
  for (const { evidence } of answers)
    for (const { identity, meaning } of evidence) if (identity === one.helo) expect(meaning).not.toBe('mailbox_not_found');
});

it('liar: from then on the other identity begins there', async () => {
  const host = await liar((to) => !isDead(to));
  const { verify } = worldOf([host.port], { identities });
  await Promise.all(namesOf(3).map((name) => verify(name)));
  const asOne = host.connections.filter(({ lines }) => isAs(one, lines)).flatMap(({ lines }) => lines).length;
  expect(tallyOf(await Promise.all(namesOf(20, 'later').map((name) => verify(name))))).toEqual({ [EXISTS]: 20 });
  expect(host.connections.filter(({ lines }) => isAs(one, lines)).flatMap(({ lines }) => lines).length).toBeLessThanOrEqual(
    asOne + 1,
  );
});

it('liar: if the mailbox that is asked again is gone, postmaster decides, and the live ones are found', async () => {
  const host = await liar((to) => !isDead(to));
  const { verify } = worldOf([host.port], { identities });
  // The mailbox refused last speaks for the others.
  const answers = await Promise.all([...namesOf(3), 'gone@example.com'].map((name) => verify(name)));
  expect(answers.map(verdictOf)).toEqual([EXISTS, EXISTS, EXISTS, NOT_FOUND]);
});

it('liar: a domain that takes every name from the identity that it answers truthfully is a catch-all', async () => {
  const host = await liar(() => true);
  const { verify } = worldOf([host.port], { identities });
  expect(tallyOf(await Promise.all(namesOf(4).map((name) => verify(name))))).toEqual({ 'risky catch_all': 4 });
});

it('all-gone: if another identity is refused too, even for postmaster, the refusals are believed and not asked again', async () => {
  const host = await mailHost({ rcpt: () => NO_SUCH_USER });
  const { verify } = worldOf([host.port], { identities });
  expect(tallyOf(await Promise.all(namesOf(30).map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 30 });
  expect(tallyOf(await Promise.all(namesOf(30, 'later').map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 30 });
  const asTwo = host.connections.filter(({ lines }) => isAs(two, lines)).flatMap(({ lines }) => lines);
  // Up to five of them, and postmaster.
  expect(asTwo.filter((line) => line.startsWith('RCPT')).length).toBeLessThanOrEqual(6);
  expect(host.asked.filter(isPostmaster)).toHaveLength(1);
});

it('all-gone: if postmaster exists, the other identity asks for them, and the dead stay dead', async () => {
  const host = await mailHost({ rcpt: (to) => (isPostmaster(to) ? '250 2.1.5 Ok' : NO_SUCH_USER) });
  const { verify } = worldOf([host.port], { identities });
  expect(tallyOf(await Promise.all(namesOf(10).map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 10 });
});

it('all-gone: with at most two refusals, or one acceptance, no mailbox is asked again', async () => {
  const host = await mailHost({ rcpt: (to) => (isDead(to) ? NO_SUCH_USER : '250 2.1.5 Ok') });
  const { verify } = worldOf([host.port], { identities });
  expect(tallyOf(await Promise.all(namesOf(2, 'gone').map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 2 });
  const names = [...namesOf(20, 'gone'), 'mary@example.com'].map((name) => name.replace('example.com', 'other.com'));
  expect(tallyOf(await Promise.all(names.map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 20, [EXISTS]: 1 });
  expect(host.connections.some(({ lines }) => isAs(two, lines))).toBe(false);
  expect(host.asked.filter(isPostmaster)).toHaveLength(0);
});

it('all-gone: if they are asked one after the other, the third of a domain is verified', async () => {
  const host = await liar((to) => !isDead(to));
  const { verify } = worldOf([host.port], { identities });
  const verdicts: string[] = [];
  for (const name of namesOf(5)) verdicts.push(verdictOf(await verify(name)));
  expect(verdicts).toEqual([NOT_FOUND, NOT_FOUND, EXISTS, EXISTS, EXISTS]);
});

it.each([
  ['accepted', '250 2.1.5 Ok', NOT_FOUND],
  ['refused alike', NO_SUCH_USER, NOT_FOUND],
  ['refused because of us', '550 5.7.1 Your IP address is blocked', BLOCKED],
])('one-identity: if there is no other, the same one asks for postmaster: %s', async (_, toPostmaster, verdict) => {
  const host = await mailHost({ rcpt: (to) => (isPostmaster(to) ? toPostmaster : NO_SUCH_USER) });
  const { verify } = worldOf([host.port]);
  expect(tallyOf(await Promise.all(namesOf(10).map((name) => verify(name))))).toEqual({ [verdict]: 10 });
  expect(host.asked.filter(isPostmaster)).toHaveLength(1);
});

const DENIED = '550 5.7.1 Access denied';

it.each([
  ['a list', [...namesOf(4), ...namesOf(3, 'gone')], { [EXISTS]: 4, [NOT_FOUND]: 3 }],
  ['a single mailbox', ['user@example.com'], { [EXISTS]: 1 }],
  ['a single mailbox that is gone', ['gone@example.com'], { [NOT_FOUND]: 1 }],
])('perhaps-about-us: what a host says clearly to another identity counts: %s', async (_, names, tally) => {
  const host = await mailHost({
    rcpt: (to, { lines }) => (isAs(one, lines) ? DENIED : isDead(to) ? NO_SUCH_USER : '250 2.1.5 Ok'),
  });
  const { verify } = worldOf([host.port], { identities });
  const answers = await Promise.all(names.map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual(tally);
});

it('perhaps-about-us: if the other identity is told the same, nothing is known, and it is asked once', async () => {
  const host = await mailHost({ rcpt: (to) => (isPostmaster(to) ? '250 2.1.5 Ok' : DENIED) });
  const { verify } = worldOf([host.port], { identities });
  expect(tallyOf(await Promise.all(namesOf(10).map((name) => verify(name))))).toEqual({ [BLOCKED]: 10 });
  expect(tallyOf(await Promise.all(namesOf(10, 'later').map((name) => verify(name))))).toEqual({ [BLOCKED]: 10 });
  expect(host.connections.filter(({ lines }) => isAs(two, lines))).toHaveLength(1);
});
