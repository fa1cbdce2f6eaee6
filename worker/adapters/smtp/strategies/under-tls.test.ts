import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSelfSignedCertificate } from '@/simulators/mail/self-signed-certificate';
import { createProbeNames } from '../catch-all/catch-all';
import { mailHost } from '@/tests/engine/smtp-setup';
import { BLOCKED, EXISTS, namesOf, NO_SUCH_USER, NOT_FOUND, tallyOf, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

let certificate: ReturnType<typeof createSecureContext>;
beforeAll(async () => {
  certificate = createSecureContext(await createSelfSignedCertificate('mx.test'));
});

const LIST = [...namesOf(5), ...namesOf(5, 'gone')];
const honest = (to: string): string => (to.startsWith('user') ? '250 2.1.5 Ok' : NO_SUCH_USER);
/** Says one thing in plain text and the truth under TLS. */
const twoFaced = (inPlain: string) => mailHost({ certificate, rcpt: (to, { isSecure }) => (isSecure ? honest(to) : inPlain) });
const randomName = createProbeNames('a secret');
const TRUTH = { [EXISTS]: 5, [NOT_FOUND]: 5 };

describe.each([
  ['knows nobody', NO_SUCH_USER],
  ['takes everybody', '250 2.1.5 Ok'],
  ['refuses everybody by policy', '550 5.7.1 Rejected by policy'],
])('under-tls: a host that %s in plain', (_, inPlain) => {
  it('tells a list the truth under TLS', async () => {
    const { verify } = worldOf([(await twoFaced(inPlain)).port], { randomName, timeouts: { hearingMs: 5_000 } });
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
  });

  it.each([
    ['user@example.com', EXISTS],
    ['gone@example.com', NOT_FOUND],
  ])('and a single mailbox: %s', async (name, verdict) => {
    const { verify } = worldOf([(await twoFaced(inPlain)).port], { randomName, timeouts: { hearingMs: 5_000 } });
    expect(verdictOf(await verify(name))).toBe(verdict);
  });
});

/** Half of its mailboxes are known under TLS only. */
const knowsSomeUnderTls = () =>
  mailHost({
    certificate,
    rcpt: (to, { isSecure }) => (!isSecure && /^user[13579]/.test(to) ? NO_SUCH_USER : honest(to)),
  });

it('under-tls: a host that knows some mailboxes only under TLS tells a list the truth', async () => {
  const { verify } = worldOf([(await knowsSomeUnderTls()).port], { randomName });
  const list = [...namesOf(6), ...namesOf(3, 'gone')];
  expect(tallyOf(await Promise.all(list.map((name) => verify(name))))).toEqual({ [EXISTS]: 6, [NOT_FOUND]: 3 });
});

it.each([
  ['user1@example.com', EXISTS],
  ['user2@example.com', EXISTS],
  ['gone1@example.com', NOT_FOUND],
])('under-tls: a host that knows some mailboxes only under TLS, and a single one: %s', async (name, verdict) => {
  const host = await knowsSomeUnderTls();
  const { verify } = worldOf([host.port], { randomName });
  expect(verdictOf(await verify('user0@example.com'))).toBe(EXISTS);
  expect(verdictOf(await verify(name))).toBe(verdict);
  expect(host.connections.filter(({ isSecure }) => !isSecure)).toHaveLength(0);
});

it.each([
  ['PIPELINING is offered only before TLS', ['PIPELINING'], [], [1, 1, 1, 1, 1]],
  ['PIPELINING is offered only under TLS', [], ['PIPELINING'], [3, 2]],
])('under-tls: EHLO is said again, and only what it offers then counts: %s', async (_, plain, secure, batches) => {
  const heard: string[][] = [];
  const host = await mailHost({
    raw: (socket) => {
      const answer = (line: string, extensions: readonly string[]): string => {
        if (line.startsWith('EHLO'))
          return ['250-mx.test', ...extensions.map((word) => `250-${word}`), '250 8BITMIME'].join('\r\n');
        if (line.startsWith('RCPT')) return honest(/<(.*)>/.exec(line)?.[1] ?? '');
        return '250 2.0.0 Ok';
      };
      const serve = (stream: Socket, extensions: readonly string[], onLines: (lines: string[]) => void): void => {
        stream.on('error', () => undefined);
        stream.on('data', (chunk: Buffer) => {
          const lines = chunk.toString().trimEnd().split('\r\n');
          if (lines[0] !== 'STARTTLS') stream.write(lines.map((line) => `${answer(line, extensions)}\r\n`).join(''));
          onLines(lines);
        });
      };
      socket.write('220 mx.test ESMTP\r\n');
      serve(socket, [...plain, 'STARTTLS'], ([line]) => {
        if (line !== 'STARTTLS') return;
        socket.removeAllListeners('data');
        socket.write('220 2.0.0 Ready to start TLS\r\n');
        serve(new TLSSocket(socket, { isServer: true, secureContext: certificate }), secure, (lines) => heard.push(lines));
      });
    },
  });
  expect(verdictOf(await worldOf([host.port], { randomName }).verify('user@example.com'))).toBe(EXISTS);
  // Sender, mailbox and made-up name; then sender and the second made-up name in a session of its own.
  const asking = heard.filter((lines) => lines.some((line) => /^(MAIL|RCPT)/.test(line)));
  expect(asking.map(({ length }) => length)).toEqual(batches);
});

/** Says one thing under TLS and the truth in plain text. */
const betterInPlain = (underTls: string) =>
  mailHost({ certificate, rcpt: (to, { isSecure }) => (isSecure ? underTls : honest(to)) });

describe.each([
  ['knows nobody', NO_SUCH_USER],
  ['refuses everybody by policy', '550 5.7.1 Rejected by policy'],
  ['blocks us', '554 5.7.1 Client host [192.0.2.1] blocked using a block list'],
])('in-plain: a host that %s under TLS', (_, underTls) => {
  it('tells a list the truth in plain text', async () => {
    const { verify } = worldOf([(await betterInPlain(underTls)).port], { randomName, timeouts: { hearingMs: 5_000 } });
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
  });

  it('and an existing mailbox', async () => {
    const { verify } = worldOf([(await betterInPlain(underTls)).port], { randomName, timeouts: { hearingMs: 5_000 } });
    expect(verdictOf(await verify('user@example.com'))).toBe(EXISTS);
  });
});

it('in-plain: a host that wants no mail from us under TLS, and knows nobody in plain text, calls no mailbox dead', async () => {
  const blocked = '554 5.7.1 Client host [192.0.2.1] blocked using a block list';
  const host = await mailHost({
    certificate,
    // It takes one recipient per session; what it says to more of them must not become anybody's answer.
    rcpt: (_to, { isSecure, recipients }) =>
      !isSecure ? NO_SUCH_USER : recipients > 1 ? '452 4.5.3 Too many recipients' : blocked,
    // Others are asked under TLS before plain text has turned out to be no use.
    lateMs: (reply) => (reply === NO_SUCH_USER ? 300 : 0),
  });
  const { verify } = worldOf([host.port], { randomName });
  expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual({ [BLOCKED]: LIST.length });
});

it.each([
  ['knows nobody', NO_SUCH_USER],
  ['takes everybody', '250 2.1.5 Ok'],
])(
  'unheard: a handshake that is too late does not turn the question into one in plain text: a host that %s in plain',
  async (_, inPlain) => {
    let handshakes = 0;
    const host = await mailHost({
      certificate,
      rcpt: (to, { isSecure }) => (isSecure ? honest(to) : inPlain),
      // The first few come too late.
      lateMs: (_reply, { lines }) => {
        if (lines.at(-1) !== 'STARTTLS') return 0;
        handshakes += 1;
        return handshakes <= 2 ? 600 : 0;
      },
    });
    const { verify } = worldOf([host.port], { randomName, timeouts: { hearingMs: 400 } });
    const tally = tallyOf(await Promise.all(LIST.map((name) => verify(name))));
    expect(tally[EXISTS] ?? 0).toBeLessThanOrEqual(5);
    expect(tally[NOT_FOUND] ?? 0).toBeLessThanOrEqual(5);
    expect(tallyOf(await Promise.all(LIST.map((name) => verify(name))))).toEqual(TRUTH);
  },
);
