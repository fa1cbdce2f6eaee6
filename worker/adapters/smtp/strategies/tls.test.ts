import { createSecureContext } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, it } from 'vitest';
import type { MailHost } from '@/lib/verdict/mail-host';
import type { Heard } from '@/simulators/mail/scripted-mail-host';
import { createSelfSignedCertificate } from '@/simulators/mail/self-signed-certificate';
import { addressOf, closeAfterwards, mailHost } from '@/tests/engine/smtp-setup';
import { HOST_LESSON_MAX_AGE_MS } from '../timeouts';
import { BLOCKED, EXISTS, HONEST, isProbe, namesOf, tallyOf, verdictOf, worldAt, worldOf } from '@/tests/engine/strategy-setup';

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
async function tiringTlsHost(demands: RegExp) {
  const refusals = new Map<Heard, number>();
  return mailHost({
    certificate: createSecureContext(await createSelfSignedCertificate('mx.test')),
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
  // A session for the demand, then sessions that begin with STARTTLS.
  const [first, ...others] = host.connections.map(({ lines }) => lines.map((line) => line.slice(0, 4)));
  expect(first).toEqual(['EHLO', 'MAIL', 'RCPT', 'RCPT', 'QUIT']);
  const asking = others.filter((lines) => lines.includes('RCPT'));
  for (const lines of asking) expect(lines.slice(0, 3)).toEqual(['EHLO', 'STAR', 'EHLO']);
  expect(asking.length).toBeLessThanOrEqual(3);
});

it('tls-required: remembered for an hour, so the next sessions begin with it', async () => {
  let now = Date.now();
  const host = await tiringTlsHost(/^MAIL/);
  const { verify } = worldOf([host.port], { timeouts: { idleMs: 1 }, clock: { now: () => now } });
  const plainOnes = () => host.connections.filter(({ lines }) => lines[1]?.startsWith('MAIL')).length;
  expect(verdictOf(await verify('mary@example.com'))).toBe(EXISTS);
  now += HOST_LESSON_MAX_AGE_MS;
  expect(verdictOf(await verify('john@example.com'))).toBe(EXISTS);
  expect(plainOnes()).toBe(1);
  await expect.poll(() => host.connections.every(({ socket }) => socket.closed)).toBe(true);
  now += HOST_LESSON_MAX_AGE_MS + 1;
  expect(verdictOf(await verify('anna@example.com'))).toBe(EXISTS);
  expect(plainOnes()).toBe(2);
});

it('tls-required: if it is demanded but not offered, the demand is the answer', async () => {
  const host = await mailHost({ mail: () => DEMAND });
  const answer = await worldOf([host.port]).verify('mary@example.com');
  expect(verdictOf(answer)).toBe(BLOCKED);
  expect(host.connections).toHaveLength(1);
});

it('tls-required: plain bytes before the handshake are never taken for the host’s words', async () => {
  const host = await mailHost({
    extensions: ['STARTTLS'],
    mail: () => DEMAND,
    command: (line) => (line === 'STARTTLS' ? '220 go\r\n250 injected' : undefined),
  });
  const answer = await worldOf([host.port]).verify('mary@example.com');
  expect(verdictOf(answer)).toBe(BLOCKED);
  expect(JSON.stringify(answer)).not.toContain('injected');
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
