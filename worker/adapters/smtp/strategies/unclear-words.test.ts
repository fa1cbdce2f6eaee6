import { describe, expect, it } from 'vitest';
import { createMemoryCatchAllStore, createProbeNames } from '../catch-all/catch-all';
import { mailHost } from '@/tests/engine/smtp-setup';
import {
  BLOCKED,
  EXISTS,
  HONEST,
  isProbe,
  namesOf,
  NO_SUCH_USER,
  NOT_FOUND,
  tallyOf,
  verdictOf,
  worldOf,
} from '@/tests/engine/strategy-setup';

const LIST = [...namesOf(5), ...namesOf(5, 'gone')];
const lives = (to: string): boolean => to.startsWith('user') || to.startsWith('mary');
const DENIED = '550 5.7.1 Access denied';
/** Said to names that do not exist and to made-up names. */
const denying = (words: (to: string) => string) => mailHost({ rcpt: (to) => (lives(to) ? '250 2.1.5 Ok' : words(to)) });

describe.each([
  ['of policy', () => DENIED],
  ['of relaying', () => '553 5.7.1 Relaying denied'],
  ['about us', () => '554 5.7.1 Service unavailable; client host [192.0.2.9] blocked using a list'],
  ['of the message', () => '554 Transaction failed'],
  ['no words', () => '550'],
  ['a ticket in each', (to: string) => `550 5.7.1 <${to}>: Recipient refused, ticket 4${String(to.length)}-${to.slice(0, 3)}9`],
])('own-words: made-up names are refused in words that say nothing about a mailbox: %s', (_, words) => {
  it('the same words about a mailbox mean the same', async () => {
    const host = await denying(words);
    const { verify } = worldOf([host.port]);
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ [EXISTS]: 5, [NOT_FOUND]: 5 });
    // From then on each mailbox is asked once.
    expect(verdictOf(await verify('gone-later@example.com'))).toBe(NOT_FOUND);
    expect(host.asked.filter((to) => to.startsWith('gone-later'))).toHaveLength(1);
  });

  it('a single mailbox is believed, with one control', async () => {
    const host = await denying(words);
    const { verify } = worldOf([host.port]);
    expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
    expect(host.asked.filter((to) => to.startsWith('mary'))).toHaveLength(2);
    expect(verdictOf(await verify('gone@example.com'))).toBe(NOT_FOUND);
  });
});

describe('neighbors-words: a domain without an accepted mailbox is refused in the words of its neighbor', () => {
  const LISTED = [...namesOf(2), 'gone@example.com', ...namesOf(3, 'gone').map((to) => to.replace('example.com', 'example.net'))];
  const neighbors = (hasPostmaster: boolean) =>
    mailHost({ rcpt: (to) => (lives(to) || (hasPostmaster && to === 'postmaster@example.net') ? '250 2.1.5 Ok' : DENIED) });

  it('they mean the same if its postmaster is accepted', async () => {
    const host = await neighbors(true);
    const { verify } = worldOf([host.port]);
    expect(tallyOf(await Promise.all(LISTED.map((name) => verify(name))))).toEqual({ [EXISTS]: 2, [NOT_FOUND]: 4 });
    expect(host.asked.filter((to) => to === 'postmaster@example.net')).not.toHaveLength(0);
  });

  it('otherwise it may be a policy of that domain', async () => {
    const host = await neighbors(false);
    const { verify } = worldOf([host.port]);
    expect(tallyOf(await Promise.all(LISTED.map((name) => verify(name))))).toEqual({ [EXISTS]: 2, [NOT_FOUND]: 1, [BLOCKED]: 3 });
  });
});

it('own-words: another worker learns them from the store', async () => {
  const host = await denying(() => DENIED);
  const catchAll = createMemoryCatchAllStore();
  expect(verdictOf(await worldOf([host.port], { catchAll }).verify('mary@example.com'))).toBe(EXISTS);
  expect(verdictOf(await worldOf([host.port], { catchAll }).verify('gone@example.com'))).toBe(NOT_FOUND);
});

it('own-words: if the accepted mailbox, too, gets them a moment later, they say nothing about mailboxes', async () => {
  // After the first recipient the host has had enough of us.
  const host = await mailHost({ rcpt: () => (host.asked.length > 1 ? DENIED : '250 2.1.5 Ok') });
  const { verify } = worldOf([host.port]);
  const answers = await Promise.all(LIST.map((name) => verify(name)));
  expect(answers.map(verdictOf)).not.toContain(NOT_FOUND);
  expect(answers.map(verdictOf)).not.toContain(EXISTS);
});

it('own-words: other words than those for made-up names say nothing', async () => {
  const host = await mailHost({ rcpt: (to) => (to.startsWith('gone') ? DENIED : HONEST(to)) });
  const { verify } = worldOf([host.port]);
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ [EXISTS]: 5, [BLOCKED]: 5 });
});

it('own-words: if no mailbox is accepted, none is called dead for them', async () => {
  const host = await mailHost({ rcpt: () => DENIED });
  const answers = await Promise.all(namesOf(3).map((name) => worldOf([host.port]).verify(name)));
  expect(tallyOf(answers)).toEqual({ [BLOCKED]: 3 });
});

it('own-words: a mailbox refused with them behind others is still asked alone first', async () => {
  // Behind a dead mailbox every recipient gets these words.
  const tired = new WeakSet<object>();
  const host = await mailHost({
    rcpt: (to, { socket }) => {
      if (tired.has(socket)) return DENIED;
      if (!lives(to)) tired.add(socket);
      return lives(to) ? '250 2.1.5 Ok' : NO_SUCH_USER;
    },
  });
  const { verify } = worldOf([host.port]);
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ [EXISTS]: 5, [NOT_FOUND]: 5 });
});

it('own-words: however long the host takes', async () => {
  const host = await mailHost({
    extensions: [],
    rcpt: (to) => (lives(to) ? '250 2.1.5 Ok' : DENIED),
    lateMs: (reply) => (reply === DENIED ? 500 : 0),
  });
  const { verify } = worldOf([host.port], { timeouts: { hearingMs: 5_000 } });
  const names = [...namesOf(2), ...namesOf(2, 'gone')];
  const answers = await Promise.all(names.map((name) => verify(name, { budgetMs: 20_000 })));
  expect(tallyOf(answers)).toEqual({ [EXISTS]: 2, [NOT_FOUND]: 2 });
});

it('own-words: behind a greylist', async () => {
  const seen = new Set<string>();
  const host = await mailHost({
    rcpt: (to) => {
      if (seen.has(to)) return lives(to) ? '250 2.1.5 Ok' : DENIED;
      seen.add(to);
      return '451 4.7.1 Greylisting in action, please come back later';
    },
  });
  const { verify } = worldOf([host.port]);
  const first = await Promise.all(LIST.map((name) => verify(name)));
  expect(tallyOf(first)).toEqual({ 'unknown greylisted': 10 });
  const again = first.map(({ askAgain }, n) => verify(LIST[n] ?? '', { triplet: askAgain?.triplet ?? null }));
  expect(tallyOf(await Promise.all(again))).toEqual({ [EXISTS]: 5, [NOT_FOUND]: 5 });
});

it('own-words: even if the first made-up name was one recipient too many', async () => {
  const full = new WeakSet<object>();
  const host = await mailHost({
    mail: (_, { socket }) => {
      full.delete(socket);
      return '250 2.1.0 Ok';
    },
    rcpt: (to, { socket }) => {
      if (full.has(socket)) return '452 4.5.3 Too many recipients';
      full.add(socket);
      return lives(to) ? '250 2.1.5 Ok' : DENIED;
    },
  });
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
});

it('own-words: a domain that accepts a mailbox, and answers made-up names that it is not hosted', async () => {
  const host = await denying(() => '556 5.1.10 Recipient address has null MX');
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe(EXISTS);
});

it.each([
  ['451 4.3.0 Try again later', 'unknown temporary_failure'],
  ['452 4.2.2 The email account that you tried to reach is over quota', 'risky mailbox_full'],
])('own-names-put-off: made-up names are put off forever, and mailboxes are accepted at once: %s', async (words, ofDead) => {
  const host = await denying(() => words);
  const { verify } = worldOf([host.port]);
  const answers = await Promise.all(LIST.map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual({ [EXISTS]: 5, [ofDead]: 5 });
  expect(answers[0]?.verdict.flags.catch_all).toBe(null);
});

it('own-names-put-off: a greylist for made-up names is waited for first', async () => {
  const host = await denying(() => '450 4.7.1 Greylisted, try again later');
  const { verify } = worldOf([host.port]);
  const first = await verify('mary@example.com');
  expect(verdictOf(first)).toBe('unknown greylisted');
  expect(verdictOf(await verify('mary@example.com', { triplet: first.askAgain?.triplet ?? null }))).toBe(EXISTS);
});

it('own-names-put-off: a mailbox that was put off too is told apart from a domain that takes every name the second time', async () => {
  const seen = new Set<string>();
  const host = await denying((to) => {
    if (seen.has(to)) return '250 2.1.5 Ok';
    seen.add(to);
    return '450 4.2.0 Greylisted';
  });
  const { verify } = worldOf([host.port], { randomName: createProbeNames('a secret') });
  for (const name of ['mary@example.com', 'gone@example.com']) {
    const first = await verify(name);
    const second = await verify(name, { triplet: first.askAgain?.triplet ?? null });
    expect(verdictOf(second)).toBe('risky catch_all');
  }
});

it('own-names-put-off: if the mailbox is put off a moment later, the host is busy', async () => {
  const host = await mailHost({
    rcpt: (to) => (isProbe(to) || host.asked.length > 2 ? '451 4.3.0 Try again later' : '250 2.1.5 Ok'),
  });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe('unknown temporary_failure');
});
