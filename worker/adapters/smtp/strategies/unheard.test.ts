import { expect, it } from 'vitest';
import { addressOf, mailHost } from '@/tests/engine/smtp-setup';
import {
  EXISTS,
  isProbe,
  namesOf,
  NO_SUCH_USER,
  NOT_FOUND,
  tallyOf,
  verdictOf,
  worldAt,
  worldOf,
} from '@/tests/engine/strategy-setup';

const one = { address: null, helo: 'one.example', mailFrom: '' };
const two = { address: null, helo: 'two.example', mailFrom: '' };
const OK = '250 2.1.5 Ok';
const BUSY = '451 4.3.2 System is busy, try again later';

const isAs = ({ helo }: { helo: string }, lines: readonly string[]): boolean => lines.includes(`EHLO ${helo}`);
const isDead = (to: string): boolean => isProbe(to) || to.startsWith('gone');
const honest = (to: string): string => (isDead(to) ? NO_SUCH_USER : OK);
const QUICK_HEARING = { timeouts: { hearingMs: 200 } };
const LIST = [...namesOf(4), ...namesOf(3, 'gone')];
const TRUTH = { [EXISTS]: 4, [NOT_FOUND]: 3 };

/** Says it to each recipient that meets the condition, `times` times in all. */
function atFirst(times: number, said: string | null) {
  let left = times;
  return (isMet: boolean, otherwise: string): string | null => {
    if (!isMet || left === 0) return otherwise;
    left -= 1;
    return said;
  };
}

/** Tells the first identity that no mailbox exists; the second one has to wait for the truth. */
function lateLiar(said: string | null, times: number) {
  const sayAtFirst = atFirst(times, said);
  return mailHost({
    rcpt: (to, { lines }) => (isAs(one, lines) ? NO_SUCH_USER : sayAtFirst(true, honest(to))),
  });
}

it.each([
  ['is silent', null],
  ['is busy', BUSY],
  ['says goodbye', '421 4.3.2 Too busy'],
])('unheard: a second opinion is asked for again when the host %s', async (_, said) => {
  const host = await lateLiar(said, 2);
  const { verify } = worldOf([host.port], { identities: [one, two], ...QUICK_HEARING });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('unheard: a domain without a second opinion is undecided, and the next attempt asks for it again', async () => {
  const host = await lateLiar(null, 3);
  const { verify } = worldOf([host.port], { identities: [one, two], ...QUICK_HEARING });
  const answers = await Promise.all(LIST.map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual({ 'unknown timeout': 7 });
  expect(answers.every(({ askAgain }) => askAgain !== null)).toBe(true);
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('unheard: a second opinion that is never heard is left at that by the second attempt', async () => {
  const host = await mailHost({ rcpt: (_, { lines }) => (isAs(one, lines) ? NO_SUCH_USER : null) });
  let aheadMs = 0;
  const clock = { now: () => Date.now() + aheadMs };
  const { verify } = worldOf([host.port], { identities: [one, two], clock, ...QUICK_HEARING });
  const dead = namesOf(3, 'gone');
  expect(tallyOf(await Promise.all(dead.map((name) => verify(name))))).toEqual({ 'unknown timeout': 3 });
  aheadMs = 60_000;
  expect(tallyOf(await Promise.all(dead.map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 3 });
});

it('unheard: a refusal that is still in doubt when its time is up calls no mailbox dead', async () => {
  const host = await mailHost({ rcpt: (_, { lines }) => (isAs(one, lines) ? NO_SUCH_USER : null) });
  const { verify } = worldOf([host.port], { identities: [one, two], timeouts: { hearingMs: 5_000, rcptMs: 5_000 } });
  const answers = await Promise.all(namesOf(3).map((name) => verify(name, { budgetMs: 600 })));
  expect(tallyOf(answers)).toEqual({ 'unknown timeout': 3 });
  const shown = answers.flatMap(({ evidence }) => evidence.filter(({ stage, code }) => stage === 'rcpt' && code === 550));
  expect(new Set(shown.map(({ rule }) => rule))).toEqual(new Set(['refusals-spike']));
});

it('unheard: if others of the domain are late, few refusals are checked by another identity', async () => {
  const refused = namesOf(2);
  // The others of the domain get their answers long after these two.
  const host = await mailHost({
    extensions: [],
    rcpt: (to, { lines }) => (isAs(one, lines) ? NO_SUCH_USER : honest(to)),
    lateMs: (_, { lines }) => (isAs(one, lines) && lines.at(-1)?.includes('slow') === true ? 1_000 : 0),
  });
  const { verify } = worldOf([host.port], { identities: [one, two], timeouts: { hearingMs: 300 } });
  const answers = await Promise.all([...refused, ...namesOf(2, 'slow')].map((name) => verify(name)));
  expect(answers.slice(0, 2).map(verdictOf)).toEqual([EXISTS, EXISTS]);
});

it('unheard: a place that cannot be reached is not waited for', async () => {
  const host = await mailHost({ rcpt: honest });
  const hosts = [host.port, 1].map((port, n) => ({
    name: `mx${String(n)}.mail.test`,
    preference: 10,
    addresses: [addressOf(port)],
  }));
  const { verify } = worldAt(hosts, { timeouts: { hearingMs: 5_000 } });
  const since = performance.now();
  expect(verdictOf(await verify('gone@example.com'))).toBe(NOT_FOUND);
  expect(performance.now() - since).toBeLessThan(2_000);
});

it('unheard: mailboxes refused behind others are asked alone again', async () => {
  // It judges only the first of each session.
  const sayAtFirst = atFirst(3, null);
  const host = await mailHost({
    rcpt: (to, { lines, recipients }) => {
      const first = /<(.*)>/.exec(lines.find((line) => line.startsWith('RCPT')) ?? '')?.[1] ?? '';
      return recipients > 1 ? honest(first) : sayAtFirst(to.startsWith('user'), honest(to));
    },
  });
  const { verify } = worldOf([host.port], { timeouts: { hearingMs: 600 } });
  const list = [...namesOf(2, 'gone'), ...namesOf(3)];
  expect(tallyOf(await Promise.all(list.map((name) => verify(name))))).toEqual({ [NOT_FOUND]: 2, [EXISTS]: 3 });
});

it('unheard: a reply that came while this process was late is read before anything is given up', async () => {
  const host = await mailHost({
    rcpt: (to) => {
      setImmediate(() => {
        const until = performance.now() + 400;
        while (performance.now() < until);
      });
      return honest(to);
    },
  });
  const { verify } = worldOf([host.port], { timeouts: { mailMs: 300, rcptMs: 300, hearingMs: 300 } });
  expect(verdictOf(await verify('user@example.com'))).toBe(EXISTS);
});
