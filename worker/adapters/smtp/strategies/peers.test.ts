import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_TEXT_MAX_CHARS } from '@/lib/platform/limits';
import { closeAfterwards, mailHost } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, isProbe, NOT_FOUND, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

it('silent: a host that never greets gave no response', async () => {
  const host = await mailHost({ greeting: null });
  const { verify } = worldOf([host.port], { timeouts: { greetingMs: 60 } });
  expect(verdictOf(await verify('mary@example.com'))).toBe('unknown no_response');
});

it('tarpit: the budget ends, and everything said until then is kept', async () => {
  const timers: NodeJS.Timeout[] = [];
  closeAfterwards(() => Promise.resolve(timers.forEach((timer) => clearInterval(timer))));
  const drip = (socket: Socket): null => (timers.push(setInterval(() => socket.write('2'), 20)), null);
  const host = await mailHost({ rcpt: (_to, { socket }) => drip(socket) });
  const answer = await worldOf([host.port], { timeouts: { rcptMs: 60_000, pipelineMs: 60_000 } }).verify('mary@example.com', {
    budgetMs: 600,
  });
  expect(verdictOf(answer)).toBe('unknown timeout');
  expect(answer.evidence.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['connect', 'helo', 'mail', 'rcpt']));
});

it('slow-bytes: a host that sends one byte at a time is understood', async () => {
  const timers: NodeJS.Timeout[] = [];
  closeAfterwards(() => Promise.resolve(timers.forEach((timer) => clearInterval(timer))));
  const replies: Record<string, string> = { EHLO: '250 mx', MAIL: '250 Ok', QUIT: '221 Bye' };
  const host = await mailHost({
    raw: (socket) => {
      let out = '220 mx\r\n';
      timers.push(
        setInterval(() => {
          if (out !== '') socket.write(out.charAt(0));
          out = out.slice(1);
        }, 1),
      );
      socket.on('data', (chunk) => {
        const line = chunk.toString('latin1').trim();
        const to = /RCPT TO:<(.*)>/.exec(line)?.[1];
        out += `${to === undefined ? (replies[line.slice(0, 4)] ?? '250 Ok') : HONEST(to)}\r\n`;
      });
    },
  });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe(EXISTS);
});

it('long-reply: up to 64 KiB and 1,000 lines are read, and what they mean is found at either end', async () => {
  const filler = `550-${'and so on '.repeat(6)}\r\n`.repeat(950);
  const meanings = [`550-5.1.1 No such user here\r\n${filler}550 .`, `${filler}550 5.1.1 No such user here`];
  for (const reply of meanings) {
    const host = await mailHost({ rcpt: () => reply });
    const answer = await worldOf([host.port]).verify('mary@example.com');
    expect(verdictOf(answer)).toBe(NOT_FOUND);
    for (const { text } of answer.evidence) expect(text.length).toBeLessThanOrEqual(EVIDENCE_TEXT_MAX_CHARS);
  }
});

describe.each([
  ['an HTTP server', 'HTTP/1.1 400 Bad Request'],
  ['binary garbage', '\u0000\u0001\u0002\u00ff'],
  ['an endless line', '220 '.padEnd(50_000, 'x')],
  ['an endless reply', '220-and so on\r\n'.repeat(2_000)],
  ['more replies than questions', '220 hi\r\n250 ok\r\n250 ok\r\n250 ok\r\n250 ok'],
])('%s', (_, greeting) => {
  it('not-smtp: is not believed at all', async () => {
    const host = await mailHost({ greeting });
    const answer = await worldOf([host.port]).verify('mary@example.com');
    expect(verdictOf(answer)).toBe('unknown smtp_protocol_error');
    expect(answer.evidence.at(-1)?.text.length ?? 0).toBeLessThanOrEqual(500);
  });
});

it('not-smtp: extra replies in the middle of a dialogue end it before they could shift to the wrong mailbox', async () => {
  const host = await mailHost({
    rcpt: (to) => (isProbe(to) ? '550 5.1.1 No such user here' : '550 5.1.1 No\r\n250 Ok\r\n250 Ok\r\n250 Ok'),
  });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe('unknown smtp_protocol_error');
});

it('eight-bit: words that are not UTF-8 are shown byte by byte and do no harm', async () => {
  const said = Buffer.from([
    0x35, 0x35, 0x30, 0x20, 0x35, 0x2e, 0x31, 0x2e, 0x31, 0x20, 0xe9, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x0d, 0x0a,
  ]);
  const host = await mailHost({ extensions: [], rcpt: (_to, { socket }) => (socket.write(said), null) });
  const answer = await worldOf([host.port]).verify('mary@example.com');
  expect(verdictOf(answer)).toBe(NOT_FOUND);
  const item = answer.evidence.find(({ code }) => code === 550);
  expect(item?.text).toBe('\\xe9\\x1b[31m');
});

it('hang-up: a host that closes its side after the reply has still answered', async () => {
  const host = await mailHost({
    extensions: [],
    rcpt: (to, { socket }) => (socket.end(`${HONEST(to)}\r\n`), null),
  });
  expect(verdictOf(await worldOf([host.port]).verify('gone@example.com'))).toBe(NOT_FOUND);
});

it.each([
  ['closes its side', (socket: Socket) => socket.end()],
  ['resets the connection', (socket: Socket) => socket.resetAndDestroy()],
])('hang-up: a host that %s instead of replying is asked again a few times, and then that is the verdict', async (_, end) => {
  const host = await mailHost({ rcpt: (_to, { socket }) => (end(socket), null) });
  expect(verdictOf(await worldOf([host.port]).verify('mary@example.com'))).toBe('unknown disconnected');
  expect(host.connections.length).toBeLessThanOrEqual(4);
});
