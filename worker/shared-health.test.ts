// Two workers' SMTP adapters on one database: each obeys what the other learns about an identity at a provider.
import { describe, expect, it } from 'vitest';
import { createSendingHealthStore } from './stores/sending-health';
import type { Provider } from '@/lib/verdict/mail-host';
import { FIRST_PACE, REFUSALS_BORNE, type SendingHealth } from '@/lib/verdict/health';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { ALICE_AND_BOB, hostAt, mailHost, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';

useTestDatabase();

const store = createSendingHealthStore();
const PROVIDER: Provider = {
  id: 'big-mail',
  name: 'Big Mail',
  class: 'mailbox',
  acceptance: 'probe',
  maxRecipients: null,
  pace: { sessions: 4, connectionsPerMinute: 6_000, recipientsPerMinute: 60_000 },
};

async function untilShared(provider: string, isSo: (health: SendingHealth) => boolean): Promise<SendingHealth> {
  for (;;) {
    const { states } = await store.exchange({ identities: ['checker.example'], deltas: [], since: null });
    const health = states.find((state) => state.provider === provider)?.health;
    if (health !== undefined && isSo(health)) return health;
  }
}

const askOne = async (port: ReturnType<typeof smtpPort>, provider: Provider, script: Parameters<typeof mailHost>[0]) => {
  const host = await mailHost(script);
  const answer = await port.ask(question([hostAt(host.port)], { provider, domain: `d${String(host.port)}.test` }));
  return { word: wordOf(answer), connections: host.connections.length };
};

describe('two workers on one database', () => {
  it('a rest that one worker incurs is kept by the other, which was already working', async () => {
    const [one, other] = [smtpPort({ health: store }), smtpPort({ health: store })];
    expect((await askOne(other, PROVIDER, { rcpt: ALICE_AND_BOB })).word).toBe('accepted');
    for (let n = 0; n < REFUSALS_BORNE; n++) await askOne(one, PROVIDER, { greeting: '554 5.7.1 blocked' });
    await untilShared('big-mail', ({ restsUntil }) => restsUntil !== null);
    for (;;) {
      const { word, connections } = await askOne(other, PROVIDER, { rcpt: ALICE_AND_BOB });
      if (word === 'accepted') continue;
      expect({ word, connections }).toEqual({ word: 'sender_blocked', connections: 0 });
      break;
    }
    const restarted = smtpPort({ health: store });
    expect(await askOne(restarted, PROVIDER, { rcpt: ALICE_AND_BOB })).toEqual({ word: 'sender_blocked', connections: 0 });
  });

  it('a cut happens once for both, and both slow down', async () => {
    const provider = { ...PROVIDER, id: 'other-mail' };
    const ports = [smtpPort({ health: store }), smtpPort({ health: store })];
    const words = await Promise.all(ports.map((port) => askOne(port, provider, { rcpt: () => '421 4.7.0 Too many, slow down' })));
    expect(words.map(({ word }) => word)).toEqual(['rate_limited', 'rate_limited']);
    const shared = await untilShared('other-mail', ({ slowedAt }) => slowedAt !== null);
    expect(shared.pace).toBe(FIRST_PACE / 2);
  });
});
