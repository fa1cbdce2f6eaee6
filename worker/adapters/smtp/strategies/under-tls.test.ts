import { createSecureContext } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSelfSignedCertificate } from '@/simulators/mail/self-signed-certificate';
import { createProbeNames } from '../catch-all/catch-all';
import { mailHost } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, namesOf, NO_SUCH_USER, NOT_FOUND, tallyOf, verdictOf, worldOf } from '@/tests/engine/strategy-setup';

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

it('under-tls: a host that has accepted a mailbox in plain text is not asked under TLS', async () => {
  const host = await mailHost({ certificate, rcpt: HONEST });
  const { verify } = worldOf([host.port]);
  expect(verdictOf(await verify('user@example.com'))).toBe(EXISTS);
  expect(verdictOf(await verify('gone@example.org'))).toBe(NOT_FOUND);
  expect(host.connections.filter(({ isSecure }) => isSecure)).toHaveLength(0);
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
