import { expect, it } from 'vitest';
import type { Heard, ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';
import { createProbeNames } from '../catch-all/catch-all';
import { mailHost } from '@/tests/engine/smtp-setup';
import { EXISTS, namesOf, NO_SUCH_USER, NOT_FOUND, tallyOf, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

const LIST = [...namesOf(5, 'gone'), ...namesOf(5)];
const honest = (to: string): string => (to.startsWith('user') ? '250 2.1.5 Ok' : NO_SUCH_USER);
const takesAll = (): string => '250 2.1.5 Ok';
const knowsNobody = (): string => NO_SUCH_USER;

/** Each connection reaches the next of them. */
async function balanced(...behind: readonly ((to: string) => string)[]): Promise<ScriptedMailHost> {
  const host: ScriptedMailHost = await mailHost({
    rcpt: (to, heard: Heard) => behind[host.connections.indexOf(heard) % behind.length]?.(to) ?? NO_SUCH_USER,
  });
  return host;
}
const randomName = createProbeNames('a secret');

it('several-hosts: if one behind an address takes everybody, a list is still told the truth', async () => {
  const host = await balanced(takesAll, honest);
  const { verify } = worldOf([host.port], { randomName });
  const answers = await Promise.all(LIST.map((name) => verify(name, { budgetMs: 20_000 })));
  expect(tallyOf(answers)).toEqual({ [EXISTS]: 5, [NOT_FOUND]: 5 });
});

it.each([
  ['first', [takesAll, honest]],
  ['first of three', [takesAll, honest, honest]],
  ['second', [honest, takesAll]],
  ['second of three', [honest, takesAll, honest]],
] as const)(
  'several-hosts: if one behind an address takes everybody, the %s, no dead mailbox is called deliverable',
  async (_, behind) => {
    for (const names of [namesOf(1, 'gone'), namesOf(3, 'gone')]) {
      const host = await balanced(...behind);
      const { verify } = worldOf([host.port], { randomName });
      for (const answer of await Promise.all(names.map((name) => verify(name)))) expect(verdictOf(answer)).not.toBe(EXISTS);
    }
  },
);

it.each([
  ['the first of two', [knowsNobody, honest]],
  ['the first of three', [knowsNobody, honest, honest]],
] as const)('several-hosts: %s behind an address knows nobody: nobody who lives is called dead', async (_, behind) => {
  const host = await balanced(...behind);
  const { verify } = worldOf([host.port], { randomName });
  const answers = await Promise.all(namesOf(3).map((name) => verify(name)));
  expect(answers.map(verdictOf)).not.toContain(NOT_FOUND);
});

it.each([1, 2, 3, 4])(
  'several-hosts: the first %i connections reach a host that knows nobody: a list is still told the truth',
  async (count) => {
    const host: ScriptedMailHost = await mailHost({
      rcpt: (to, heard) => (host.connections.indexOf(heard) < count ? NO_SUCH_USER : honest(to)),
    });
    const { verify } = worldOf([host.port], { randomName });
    const answers = await Promise.all(LIST.map((name) => verify(name, { budgetMs: 20_000 })));
    expect(tallyOf(answers)).toEqual({ [EXISTS]: 5, [NOT_FOUND]: 5 });
  },
);

it.each([2, 3, 5])(
  'several-hosts: one of %i knows nobody: nobody of a list without dead mailboxes is called dead',
  async (count) => {
    const host = await balanced(knowsNobody, ...Array.from({ length: count - 1 }, () => honest));
    const { verify } = worldOf([host.port], { randomName });
    const answers = await Promise.all(namesOf(6).map((name) => verify(name, { budgetMs: 20_000 })));
    expect(answers.map(verdictOf)).not.toContain(NOT_FOUND);
  },
);

it('several-hosts: an address that proves steady is asked like any other again', async () => {
  // Everybody is accepted after an acceptance in the session.
  const accepting = new WeakSet<object>();
  const host = await mailHost({
    rcpt: (to, { socket }) => {
      if (honest(to).startsWith('250')) accepting.add(socket);
      return accepting.has(socket) ? '250 2.1.5 Ok' : NO_SUCH_USER;
    },
  });
  const { verify } = worldOf([host.port], { randomName });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ [EXISTS]: 5, [NOT_FOUND]: 5 });
  const before = host.connections.length;
  expect(tallyOf(await Promise.all(namesOf(10, 'user-later').map((name) => verify(name))))).toEqual({ [EXISTS]: 10 });
  expect(host.connections.length - before).toBeLessThanOrEqual(11);
});

it('several-hosts: the session that reached the host that knows no one is verified, although others accept', async () => {
  const host: ScriptedMailHost = await mailHost({
    rcpt: (to, heard: Heard) => (host.connections[0] === heard ? NO_SUCH_USER : honest(to)),
  });
  const { verify } = worldOf([host.port], { randomName, timeouts: { hearingMs: 5_000 } });
  const mixed = namesOf(5).flatMap((name, n) => [name, `gone${String(n)}@example.com`]);
  expect(tallyOf(await Promise.all(mixed.map((name) => verify(name))))).toEqual({ [EXISTS]: 5, [NOT_FOUND]: 5 });
});

it('several-hosts: if one takes everybody and one knows no one, no live mailbox is called dead', async () => {
  const host = await balanced(takesAll, knowsNobody, honest);
  const { verify } = worldOf([host.port], { randomName });
  const answers = await Promise.all(namesOf(5).map((name) => verify(name)));
  expect(answers.map(verdictOf)).not.toContain(NOT_FOUND);
});
