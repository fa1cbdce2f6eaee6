import { createSecureContext } from 'node:tls';
import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MailHost } from '@/lib/verdict/mail-host';
import { HANG_UP, type Heard } from '@/simulators/mail/scripted-mail-host';
import { createSelfSignedCertificate } from '@/simulators/mail/self-signed-certificate';
import { addressOf, closeAfterwards, mailHost } from '@/tests/engine/smtp-setup';
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
  worldAt,
  worldOf,
} from '@/tests/engine/strategy-setup';

const DEMAND = '530 5.7.0 Must issue a STARTTLS command first';
const refusal = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });

/** Speaks TLS, and insists on it. */
async function tlsHost(
  options: SMTPServerOptions = {},
): Promise<{ port: number; end: () => Promise<void>; count: () => number }> {
  const server = new SMTPServer({
    authOptional: true,
    ...options,
    onMailFrom: (_from, session, done) => {
      done(session.secure ? null : refusal(530, '5.7.0 Must issue a STARTTLS command first'));
    },
    onRcptTo: ({ address }, _session, done) => {
      done(isProbe(address) ? refusal(550, '5.1.1 No such user here') : null);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
  const end = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => {
        done();
      });
    });
  closeAfterwards(end);
  const address = server.server.address();
  return { port: address !== null && typeof address === 'object' ? address.port : 0, end, count: () => server.connections.size };
}

let certificate: ReturnType<typeof createSecureContext>;
beforeAll(async () => {
  certificate = createSecureContext(await createSelfSignedCertificate('mx.test'));
});

/** Announces STARTTLS, but the handshake hangs or fails. */
const brokenTls = (isHanging: boolean, isDemanding: (to: string) => boolean) =>
  mailHost({
    extensions: ['PIPELINING', 'STARTTLS'],
    command: (line, { socket }) => {
      if (line !== 'STARTTLS') return undefined;
      if (!isHanging) socket.once('data', () => socket.destroy());
      return '220 2.0.0 Ready to start TLS';
    },
    rcpt: (to) => (isDemanding(to) ? DEMAND : HONEST(to)),
  });

/**
 * Postfix with `smtpd_tls_security_level = encrypt`. From the tenth refusal of a session on, each of its lines comes late
 * (smtpd_soft_error_limit, smtpd_error_sleep_time).
 */
function tiringTlsHost(demands: RegExp) {
  const refusals = new Map<Heard, number>();
  return mailHost({
    certificate,
    command: (line, { isSecure }) => (!isSecure && demands.test(line) ? DEMAND : undefined),
    rcpt: HONEST,
    lateMs: (reply, heard) => {
      const count = (refusals.get(heard) ?? 0) + (/^[45]/.test(reply) ? 1 : 0);
      refusals.set(heard, count);
      return count < 10 ? 0 : 600 * reply.split('\n').length;
    },
  });
}

it.each([
  ['MAIL and RCPT', /^(MAIL|RCPT)/],
  ['RCPT', /^RCPT/],
])('tls-required: if it is demanded at %s, nine asked together are answered like one alone', async (_, demands) => {
  const host = await tiringTlsHost(demands);
  const { verify } = worldOf([host.port], { timeouts: { starttlsMs: 1_500 } });
  const answers = await Promise.all(namesOf(9).map((name) => verify(name)));
  expect(tallyOf(answers)).toEqual({ [EXISTS]: 9 });
  expect(answers[0]?.evidence.map(({ stage }) => stage)).toContain('starttls');
  const asking = host.connections
    .map(({ lines }) => lines.map((line) => line.slice(0, 4)))
    .filter((lines) => lines.includes('RCPT'));
  for (const lines of asking) expect(lines.slice(0, 3)).toEqual(['EHLO', 'STAR', 'EHLO']);
  expect(asking.length).toBeLessThanOrEqual(3);
});

it('tls-required: a second question in plain text that meets the demand is asked under TLS after all', async () => {
  const host = await mailHost({
    certificate,
    command: (line, { isSecure }) => (!isSecure && /^(MAIL|RCPT)/.test(line) ? DEMAND : undefined),
    // To the null sender it knows nobody.
    rcpt: (to, { lines }) => (lines.findLast((line) => line.startsWith('MAIL'))?.includes('<>') ? NO_SUCH_USER : HONEST(to)),
  });
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  expect(verdictOf(await verify('gone@example.org'))).toBe(NOT_FOUND);
});

it('tls-required: if it is demanded but not offered, the demand is the answer', async () => {
  const host = await mailHost({ mail: () => DEMAND });
  const answer = await worldOf([host.port]).verify('mary@example.com');
  expect(verdictOf(answer)).toBe(BLOCKED);
  expect(host.connections).toHaveLength(1);
});

it('tls-legacy: TLS 1.0 with weak ciphers is good enough to ask a question', async () => {
  const { port } = await tlsHost({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' });
  expect(verdictOf(await worldOf([port]).verify('mary@example.com'))).toBe(EXISTS);
});

it.each([
  ['hangs', true],
  ['fails', false],
])(
  'tls-broken: if one needs TLS and the handshake %s, the demand is its answer, and the others go on in plain text',
  async (_, isHanging) => {
    const host = await brokenTls(isHanging, (to) => to.startsWith('strict'));
    const { verify } = worldOf([host.port], { timeouts: { starttlsMs: 100 } });
    expect(verdictOf(await verify('strict1@example.com'))).toBe(BLOCKED);
    expect(verdictOf(await verify('strict2@example.com'))).toBe(BLOCKED);
    expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
    expect(host.connections.flatMap(({ lines }) => lines).filter((line) => line === 'STARTTLS')).toHaveLength(1);
  },
);

it('tls-broken: if another host can be asked, it is', async () => {
  const broken = await brokenTls(false, () => true);
  const { port } = await tlsHost();
  expect(verdictOf(await worldOf([broken.port, port]).verify('mary@example.com'))).toBe(EXISTS);
});

it.each([
  ['hangs', true],
  ['fails', false],
])(
  'tls-forgotten: a host that used to insist, and whose handshake now %s, is asked in plain text, and that is remembered',
  async (_, isHanging) => {
    const working = await tlsHost();
    const broken = await brokenTls(isHanging, () => false);
    const addresses = [addressOf(working.port)];
    const hosts: MailHost[] = [{ name: 'mx.mail.test', preference: 10, addresses }];
    const { verify } = worldAt(hosts, { timeouts: { starttlsMs: 100, idleMs: 1 } });
    expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
    while (working.count() > 0) await new Promise((resolve) => setImmediate(resolve));
    addresses[0] = addressOf(broken.port);
    // Another domain on the same host, because where the first one's mail goes is remembered.
    expect(verdictOf(await verify('john@example.net'))).toBe(EXISTS);
    expect(verdictOf(await verify('anna@example.net'))).toBe(EXISTS);
    expect(broken.connections.flatMap(({ lines }) => lines).filter((line) => line === 'STARTTLS')).toHaveLength(1);
  },
);

it('tls-required: if one address demands TLS without offering it, the next address of the host is asked', async () => {
  const demanding = await mailHost({ mail: () => DEMAND });
  const other = await mailHost({ rcpt: HONEST });
  expect(verdictOf(await worldOf([[demanding.port, other.port]]).verify('mary@example.com'))).toBe(EXISTS);
});

/** What a host that announces STARTTLS says to it, and does with the first bytes of the handshake. */
interface Broken {
  says: string;
  then?: (socket: Socket) => void;
}
const alert = (version: number, description: number) => (socket: Socket) =>
  socket.end(Buffer.from([21, 3, version, 0, 2, 2, description]));
const GO = '220 2.0.0 Ready to start TLS';

describe.each<[string, Broken, number]>([
  ['is refused', { says: '454 4.7.0 TLS not available due to local problem' }, 0],
  ['is not known', { says: '502 5.5.1 Command not implemented' }, 0],
  ['is refused with a goodbye', { says: '421 4.7.0 TLS not available, closing' }, 1],
  ['ends the connection', { says: HANG_UP }, 1],
  ['ends the connection in the handshake', { says: GO, then: (socket) => socket.destroy() }, 1],
  [
    'leads to something that is not TLS',
    { says: GO, then: (socket) => socket.write('500 5.5.2 Syntax error, command unrecognized\r\n') },
    1,
  ],
  ['leads to an alert (handshake_failure)', { says: GO, then: alert(3, 40) }, 1],
  ['leads to an alert (protocol_version) of SSL 3.0, which is all it speaks', { says: GO, then: alert(0, 70) }, 1],
  ['is followed by plain replies', { says: `${GO}\r\n250 injected` }, 1],
  ['is followed by half a plain reply', { says: `${GO}\r\n250-injected` }, 1],
])('tls-broken: STARTTLS %s', (_, { says, then }, lost) => {
  it('plain text is asked, by one more connection at most, and that is remembered', async () => {
    const host = await mailHost({
      extensions: ['PIPELINING', 'STARTTLS'],
      command: (line, { socket }) => {
        if (line !== 'STARTTLS') return undefined;
        if (then !== undefined) socket.once('data', () => then(socket));
        return says;
      },
      rcpt: HONEST,
    });
    const { verify } = worldOf([host.port]);
    const first = await verify('mary@example.com');
    expect(verdictOf(first)).toBe(EXISTS);
    expect(host.connections.filter(({ recipients }) => recipients === 0)).toHaveLength(lost);
    expect(JSON.stringify(first)).not.toContain('injected');
    const others = await Promise.all([...namesOf(4), ...namesOf(4, 'gone')].map((name) => verify(name)));
    expect(tallyOf(others)).toEqual({ [EXISTS]: 4, [NOT_FOUND]: 4 });
    expect(host.connections.flatMap(({ lines }) => lines).filter((line) => line === 'STARTTLS')).toHaveLength(1);
  });
});

it.each([
  ['refused', '554 5.7.1 You are not welcome here'],
  ['answered with a goodbye', '421 4.3.0 Try again later'],
  ['answered with a hang-up', HANG_UP],
  ['not answered', null],
])('tls-broken: if EHLO after the handshake is %s, plain text is asked, with EHLO, and that is remembered', async (_, reply) => {
  const host = await mailHost({
    certificate,
    command: (line, { isSecure }) => (isSecure && /^(EHLO|HELO)/.test(line) ? reply : undefined),
    rcpt: HONEST,
  });
  const { verify } = worldOf([host.port], { timeouts: { starttlsMs: 200 } });
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  expect(verdictOf(await verify('gone@example.org'))).toBe(NOT_FOUND);
  const plain = host.connections.filter(({ isSecure }) => !isSecure).map(({ lines }) => lines[0]);
  expect(plain).toEqual(plain.map(() => 'EHLO checker.example'));
  expect(plain.length).toBeGreaterThan(0);
});

it('tls-broken: silence alone is doubted: before mailboxes are believed to be gone, one is asked under TLS again', async () => {
  let handshakes = 0;
  const host = await mailHost({
    certificate,
    rcpt: (to, { isSecure }) => (isSecure ? HONEST(to) : NO_SUCH_USER),
    lateMs: (_reply, { lines }) => (lines.at(-1) === 'STARTTLS' && (handshakes += 1) === 1 ? 60_000 : 0),
  });
  const { verify } = worldOf([host.port], { timeouts: { starttlsMs: 150, hearingMs: 2_000 } });
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  expect(verdictOf(await verify('gone@example.com'))).toBe(NOT_FOUND);
});

it('tls-broken: a host that hangs up at MAIL under TLS is asked in plain text after two sessions', async () => {
  const host = await mailHost({
    certificate,
    mail: (_from, { isSecure }) => (isSecure ? HANG_UP : '250 2.1.0 Ok'),
    rcpt: HONEST,
  });
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  expect(host.connections.filter(({ isSecure }) => isSecure)).toHaveLength(2);
  const others = await Promise.all([...namesOf(4), ...namesOf(4, 'gone')].map((name) => verify(name)));
  expect(tallyOf(others)).toEqual({ [EXISTS]: 4, [NOT_FOUND]: 4 });
});
