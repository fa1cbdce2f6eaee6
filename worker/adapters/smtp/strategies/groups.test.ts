import { expect, it } from 'vitest';
import { HANG_UP, type ScriptedMailHost } from '@/simulators/mail/scripted-mail-host';
import { mailHost } from '@/tests/engine/smtp-setup';
import { SMTP_LIMITS } from '../timeouts';
import { EXISTS, HONEST, namesOf, tallyOf, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

/** The RCPTs of each transaction. */
const transactionsOf = ({ connections }: ScriptedMailHost): string[][] =>
  connections.flatMap(({ lines }) =>
    lines
      .join('\n')
      .split('MAIL FROM')
      .slice(1)
      .map((part) => part.split('\n').filter((line) => line.startsWith('RCPT'))),
  );
/** However busy this machine is. */
const PATIENT = { budgetMs: 120_000 };
const PATIENTLY = { connectMs: 60_000, greetingMs: 60_000, heloMs: 60_000, mailMs: 60_000, rcptMs: 60_000 };
const sizesOf = (host: ScriptedMailHost): number[] => transactionsOf(host).map((recipients) => recipients.length);

it.each([
  ['452 4.5.3 Too many recipients'],
  ['451 4.5.3 Too many recipients in this transaction'],
  ['550 5.5.3 Too many recipients'],
  ['452 Too many recipients'],
])('full-group: after "%s" the others are asked in smaller groups', async (refusal) => {
  let inTransaction = 0;
  const host = await mailHost({
    mail: () => ((inTransaction = 0), '250 Ok'),
    rcpt: (to) => (++inTransaction > 4 ? refusal : HONEST(to)),
  });
  const { verify } = worldOf([host.port], { limits: { sessionsAHost: 1 } });
  expect(tallyOf(await Promise.all(namesOf(30).map((name) => verify(name))))).toEqual({ [EXISTS]: 30 });
  expect(Math.max(...sizesOf(host).slice(2))).toBeLessThanOrEqual(4);
});

it('full-group: if no recipient at all is let in, that is the verdict', async () => {
  const host = await mailHost({ rcpt: () => '452 4.5.3 Too many recipients' });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe('unknown rate_limited');
});

it('limits: RCPTMAX and MAILMAX are respected', async () => {
  const host = await mailHost({ extensions: ['PIPELINING', 'LIMITS RCPTMAX=3 MAILMAX=4'], rcpt: HONEST });
  const { verify } = worldOf([host.port]);
  expect(tallyOf(await Promise.all(namesOf(40).map((name) => verify(name))))).toEqual({ [EXISTS]: 40 });
  expect(Math.max(...sizesOf(host))).toBeLessThanOrEqual(3);
  for (const { lines } of host.connections) expect(lines.filter((line) => line.startsWith('MAIL')).length).toBeLessThanOrEqual(4);
});

it('limits: RCPTDOMAINMAX is respected', async () => {
  const host = await mailHost({ extensions: ['PIPELINING', 'LIMITS RCPTDOMAINMAX=1'], rcpt: HONEST });
  const { verify } = worldOf([host.port]);
  const names = namesOf(12).map((name, n) => name.replace('example.com', `owner${String(n % 3)}.com`));
  expect(tallyOf(await Promise.all(names.map((name) => verify(name))))).toEqual({ [EXISTS]: 12 });
  for (const recipients of transactionsOf(host)) expect(new Set(recipients.map((line) => line.split('@')[1])).size).toBe(1);
});

it.each([
  ['hangs up', HANG_UP],
  ['says 421', '421 4.7.0 Too many errors, closing'],
])('drops-after-some: a host that %s after five recipients is asked in sessions of five', async (_, goodBye) => {
  const host = await mailHost({ rcpt: (to, { recipients }) => (recipients <= 5 ? HONEST(to) : goodBye) });
  const { verify } = worldOf([host.port], { limits: { sessionsAHost: 1 } });
  expect(tallyOf(await Promise.all(namesOf(20).map((name) => verify(name))))).toEqual({ [EXISTS]: 20 });
  expect(host.connections.length).toBeLessThanOrEqual(7);
});

it.each([
  ['hangs up', HANG_UP],
  ['says 421', '421 4.7.0 Too many recipients in this session'],
  ['says 452', '452 4.5.3 Too many recipients'],
])(
  'short-sessions: a host that %s after five recipients gets more concurrent sessions while they are clean, up to our limit',
  async (_, word) => {
    let most = 0;
    const host = await mailHost({
      command: (line) => {
        if (line.startsWith('EHLO')) most = Math.max(most, host.connections.filter(({ socket }) => !socket.writableEnded).length);
        return undefined;
      },
      rcpt: (to, { recipients }) => (recipients <= 5 ? HONEST(to) : word),
      greetAfterMs: 20,
    });
    const { verify } = worldOf([host.port]);
    const names = namesOf(150);
    expect(tallyOf(await Promise.all(names.map((name) => verify(name))))).toEqual({ [EXISTS]: 150 });
    expect(most).toBeGreaterThan(SMTP_LIMITS.sessionsAtFirst);
    expect(most).toBeLessThanOrEqual(SMTP_LIMITS.sessionsAHost);
    // A session for every five, and those in which it was found out.
    expect(host.connections.length).toBeLessThanOrEqual(150 / 5 + SMTP_LIMITS.sessionsAHost);
  },
);

it('few-connections: a host that takes five at once refuses one, gets no sixth after that, and is no slower for it', async () => {
  const host = await mailHost({
    connectionsMax: 5,
    rcpt: (to, { recipients }) => (recipients <= 5 ? HONEST(to) : '421 4.7.0 Too many recipients in this session'),
    greetAfterMs: 20,
  });
  const { verify } = worldOf([host.port], { timeouts: PATIENTLY });
  expect(tallyOf(await Promise.all(namesOf(300).map((name) => verify(name, PATIENT))))).toEqual({ [EXISTS]: 300 });
  const refused = host.connections.filter(({ isRefused }) => isRefused);
  expect(refused).toHaveLength(1);
  // It is remembered when all have been asked and others come.
  expect(tallyOf(await Promise.all(namesOf(50, 'later').map((name) => verify(name, PATIENT))))).toEqual({ [EXISTS]: 50 });
  expect(host.connections.filter(({ isRefused }) => isRefused)).toHaveLength(1);
});

it('few-connections: if only one is accepted, the other of the first two costs no verdict', async () => {
  const host = await mailHost({ connectionsMax: 1, rcpt: HONEST, greetAfterMs: 20 });
  const { verify } = worldOf([host.port]);
  expect(tallyOf(await Promise.all(namesOf(80).map((name) => verify(name))))).toEqual({ [EXISTS]: 80 });
  expect(host.connections.filter(({ isRefused }) => isRefused).length).toBeLessThanOrEqual(1);
});

it('drops-at-one: a hang-up at one mailbox is the answer for that one, and the others get theirs', async () => {
  const host = await mailHost({ rcpt: (to) => (to.startsWith('user3@') ? HANG_UP : HONEST(to)) });
  const { verify } = worldOf([host.port]);
  const answers = await Promise.all(namesOf(6).map((name) => verify(name)));
  expect(answers.map(verdictOf)).toEqual([EXISTS, EXISTS, EXISTS, 'unknown disconnected', EXISTS, EXISTS]);
});

it('keeps-up: a host that keeps up gets no further session, however long questions keep waiting', async () => {
  const host = await mailHost({ rcpt: HONEST, lateMs: () => 10 });
  // By this clock the host keeps no one waiting, whatever else this machine does.
  const now = Date.now();
  const { verify } = worldOf([host.port], { timeouts: { extraSessionMs: 20 }, clock: { now: () => now } });
  const until = Date.now() + 900;
  const work = async (who: number): Promise<void> => {
    for (let n = 0; Date.now() < until; n += 1) await verify(`user${String(who)}x${String(n)}@example.com`);
  };
  await Promise.all(Array.from({ length: 10 }, (_, who) => work(who)));
  // The second is for the made-up name that is asked first in a session.
  expect(host.connections.length).toBeLessThanOrEqual(2);
});

it('drops-always: a host that ends every session costs a few connections, however many wait', async () => {
  const host = await mailHost({ rcpt: () => HANG_UP });
  const { verify } = worldOf([host.port], { limits: { sessionsAHost: 1 } });
  const answers = await Promise.all(namesOf(200).map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual({ 'unknown disconnected': 200 });
  expect(host.connections.length).toBeLessThanOrEqual(5);
  // It rests: a later question costs nothing and is told what happened.
  expect(verdictOf(await verify('later@example.com'))).toBe('unknown disconnected');
  expect(host.connections.length).toBeLessThanOrEqual(5);
  expect(JSON.stringify(answers.at(-1)?.evidence)).not.toContain('user');
});

it('drops-always: what was said to one recipient at the goodbye names it to no other', async () => {
  const host = await mailHost({ rcpt: (to) => `421 4.3.0 <${to}>: try again later, ${to.split('@')[0] ?? ''}` });
  const { verify } = worldOf([host.port]);
  const [first, ...others] = await Promise.all(
    ['mary@example.com', 'john@example.com', 'anna@other.com'].map((name) => verify(name)),
  );
  expect(first?.evidence.some(({ text }) => text.includes('try again later'))).toBe(true);
  for (const { evidence } of others) expect(JSON.stringify(evidence)).not.toMatch(/mary|<[^>]*example\.com/);
});

it('drops-always: after its rest it gets one trial, and a host that answers is trusted again', async () => {
  let now = Date.now();
  let isWell = false;
  const host = await mailHost({ rcpt: (to) => (isWell ? HONEST(to) : HANG_UP) });
  const { verify } = worldOf([host.port], { limits: { sessionsAHost: 1 }, clock: { now: () => now } });
  await Promise.all(namesOf(30).map((name) => verify(name)));
  const before = host.connections.length;
  now += 10_000;
  await Promise.all(namesOf(30, 'again').map((name) => verify(name)));
  expect(host.connections.length).toBe(before + 1);
  now += 10_000;
  isWell = true;
  expect(tallyOf(await Promise.all(namesOf(30, 'well').map((name) => verify(name))))).toEqual({ [EXISTS]: 30 });
});

it.each([
  ['forgets the rest of a batch', ''],
  ['looks at a batch out of order', '503 5.5.1 Need MAIL command first'],
])('broken-pipelining: a host that %s is asked one at a time from then on', async (_, toTheRest) => {
  const broken = await mailHost({
    raw: (socket) => {
      socket.write('220 mx.test ESMTP\r\n');
      socket.on('data', (chunk) => {
        const lines = chunk.toString('latin1').split('\r\n').slice(0, -1);
        const [first = ''] = lines;
        const to = /^RCPT TO:<(.*)>/.exec(first)?.[1];
        const ehlo = first.startsWith('EHLO') ? '250-mx.test\r\n250 PIPELINING' : '250 Ok';
        socket.write(`${to === undefined ? ehlo : HONEST(to)}\r\n`);
        if (toTheRest !== '') socket.write(`${toTheRest}\r\n`.repeat(lines.length - 1));
      });
    },
  });
  const { verify } = worldOf([broken.port], { timeouts: { pipelineMs: 60, idleMs: 1 } });
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  const before = broken.connections.length;
  expect(verdictOf(await verify('john@example.com'))).toBe(EXISTS);
  for (const { bytes } of broken.connections.slice(before)) expect(bytes).not.toMatch(/MAIL FROM:<>\r\nRCPT.*RCPT/s);
});

it('broken-pipelining: if one at a time gets no answer either, that is the verdict', async () => {
  const host = await mailHost({ rcpt: () => null });
  const { verify } = worldOf([host.port], { timeouts: { pipelineMs: 50, rcptMs: 100 } });
  expect(verdictOf(await verify('mary@example.com'))).toBe('unknown no_response');
});
