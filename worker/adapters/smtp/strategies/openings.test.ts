import { expect, it } from 'vitest';
import { HANG_UP, type Heard, type MailHostScript } from '@/simulators/mail/scripted-mail-host';
import { mailHost } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, namesOf, NO_SUCH_USER, NOT_FOUND, tallyOf, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

const LIST = [...namesOf(5), ...namesOf(5, 'gone')];
const TRUTH = { [EXISTS]: 5, [NOT_FOUND]: 5 };
const senderOf = ({ lines }: Heard): string => lines.findLast((line) => line.startsWith('MAIL')) ?? '';
const isFromNobody = (heard: Heard): boolean => senderOf(heard).includes('<>');
const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const atEhlo = (reply: string | null): MailHostScript => ({
  command: (line) => (line.startsWith('EHLO') ? reply : undefined),
  rcpt: HONEST,
});

it.each([
  ['hangs up', HANG_UP],
  ['says 421', '421 4.7.0 Bad command'],
  ['says something that is no reply', 'WHAT?'],
  ['says nothing', null],
  ['says 451', '451 4.3.0 Local error'],
])('helo-anew: a host that %s at EHLO is asked with HELO on a new connection, as in all later sessions', async (_, reply) => {
  const host = await mailHost(atEhlo(reply));
  const { verify } = worldOf([host.port], { timeouts: { heloMs: 500 } });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
  expect(host.connections.filter(({ lines }) => lines[0]?.startsWith('EHLO'))).toHaveLength(1);
});

it('helo-anew: if HELO leads to nothing either, that is found out once', async () => {
  const host = await mailHost({ command: () => HANG_UP });
  const { verify } = worldOf([host.port]);
  for (let n = 0; n < 3; n += 1) expect(verdictOf(await verify(`user${String(n)}@example.com`))).toBe('unknown disconnected');
  expect(host.connections.filter(({ lines }) => lines[0]?.startsWith('HELO')).length).toBeLessThanOrEqual(1);
});

it('late-greeting: a host that did not greet in time gets more time at the next attempt', async () => {
  const host = await mailHost({ greetAfterMs: 900, rcpt: HONEST });
  const { verify } = worldOf([host.port], { timeouts: { greetingMs: 400, lateGreetingMs: 3_000 } });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ 'unknown no_response': 10 });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('mixed-codes: the last line of a reply counts, and a refusal that accepts in other lines calls no mailbox dead', async () => {
  const host = await mailHost({
    greeting: '554-No abuse here\r\n220 mx.test ESMTP',
    rcpt: (to) => {
      if (to.startsWith('user')) return '550-Our policy has changed\r\n250 2.1.5 Ok';
      return to.startsWith('odd') ? '250-Looking\r\n550 5.1.1 User unknown' : NO_SUCH_USER;
    },
  });
  const { verify } = worldOf([host.port]);
  const names = ['user@example.com', 'gone@example.com', 'odd@example.com'];
  const answers = await Promise.all(names.map((name) => verify(name)));
  expect(answers.map(verdictOf)).toEqual([EXISTS, NOT_FOUND, 'unknown ambiguous_reply']);
});

it('good-bye-between: a 421 among replies to a batch ends the session, and what came before it counts', async () => {
  const host = await mailHost({
    rcpt: (to, { recipients }) => (recipients === 3 ? `${HONEST(to)}\r\n421 4.7.0 Closing` : HONEST(to)),
  });
  const { verify } = worldOf([host.port]);
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('good-bye-between: a 421 about one mailbox says nothing about the others', async () => {
  const host = await mailHost({ rcpt: (to) => (HONEST(to).startsWith('250') ? '250 Ok' : '421 4.1.1 User unknown, closing') });
  const { verify } = worldOf([host.port]);
  const names = Array.from({ length: 5 }, (_, n) => [`gone${String(n)}@example.com`, `user${String(n)}@example.com`]).flat();
  const answers = await Promise.all(names.map((name) => verify(name)));
  const living = answers.filter((_, n) => n % 2 === 1).map(verdictOf);
  expect(living).not.toContain(NOT_FOUND);
});

it.each([
  ['450 4.1.7 <check@x>: Sender address rejected: unverified address: Address verification in progress'],
  ['451 Could not complete sender verify callout'],
  ['451 4.7.24 SPF check: temporary error during lookup of the sender domain'],
])('sender-verified: a host that is still looking at our sender is asked again later: %s', async (words) => {
  let isLooking = true;
  const host = await mailHost({ rcpt: (to) => (isLooking ? words : HONEST(to)) });
  const { verify } = worldOf([host.port]);
  const [first] = await Promise.all(LIST.map((name) => verify(name)));
  expect(first?.verdict.reason).toBe('temporary_failure');
  expect(first?.askAgain).toMatchObject({ reason: 'temporary_failure' });
  isLooking = false;
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it.each([
  ['hangs up at MAIL of', { mail: (from: string) => (from === '' ? HANG_UP : '250 Ok'), rcpt: HONEST }],
  ['says 421 at MAIL of', { mail: (from: string) => (from === '' ? '421 4.7.0 Go away' : '250 Ok'), rcpt: HONEST }],
  ['hangs up at RCPT of', { rcpt: (to: string, heard: Heard) => (isFromNobody(heard) ? HANG_UP : HONEST(to)) }],
  ['is silent at RCPT of', { rcpt: (to: string, heard: Heard) => (isFromNobody(heard) ? null : HONEST(to)) }],
])('lost-as-sender: a host that %s the null sender is asked with the other one', async (_, script) => {
  const host = await mailHost(script);
  const { verify } = worldOf([host.port], { timeouts: { rcptMs: 500, pipelineMs: 300 } });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('kept-replies: a host that delays the first recipient and keeps back the reply to MAIL as long is asked one by one', async () => {
  const host = await mailHost({
    rcpt: HONEST,
    lateMs: (reply, { recipients }) => (recipients === 1 && /^(250 2\.1\.5|550)/.test(reply) ? 1_000 : 0),
  });
  const { verify } = worldOf([host.port], { timeouts: { mailMs: 500, pipelineMs: 300, rcptMs: 2_000 } });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
});

it('other-sender: if many are refused and one of them really is gone, the others are asked too', async () => {
  // Nor does it know postmaster.
  const isThere = (to: string): boolean => to.startsWith('user');
  const host = await mailHost({ rcpt: (to, heard) => (isThere(to) && !isFromNobody(heard) ? '250 2.1.5 Ok' : NO_SUCH_USER) });
  const { verify } = worldOf([host.port]);
  const names = ['user0', 'gone0', 'gone1', 'user1', 'user2', 'gone2', 'user3', 'gone3', 'user4', 'gone4'];
  // The mailbox refused last no longer speaks for the others.
  expect(tallyOf(await Promise.all(names.map((name) => verify(`${name}@example.com`))))).toEqual(TRUTH);
});

it('other-sender: if the other sender is greylisted, the refusals wait for what it is told later', async () => {
  const seen = new Map<string, number>();
  const host = await mailHost({
    rcpt: (to, heard) => {
      const key = `${senderOf(heard)} ${to}`;
      const since = seen.get(key) ?? Date.now();
      seen.set(key, since);
      if (Date.now() - since < 150) return '450 4.2.0 Greylisted, try again later';
      return to.startsWith('user') && !isFromNobody(heard) ? '250 2.1.5 Ok' : NO_SUCH_USER;
    },
  });
  const { verify } = worldOf([host.port]);
  let triplet = null;
  const verdicts: string[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const answer = await verify('user@example.com', { triplet });
    verdicts.push(verdictOf(answer));
    triplet = answer.askAgain?.triplet ?? null;
    await sleep(200);
  }
  expect(verdicts).not.toContain(NOT_FOUND);
  expect(triplet).toMatchObject({ mailFrom: 'postmaster@checker.example' });
});
