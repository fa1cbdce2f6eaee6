import { describe, expect, it } from 'vitest';
import type { Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import { NOTHING_HAPPENED, REFUSALS_BORNE, REST_LADDER_MS, type SendingHealth } from '@/lib/verdict/health';
import type { MailboxAnswer } from '@/worker/engine/ports';
import { createMemorySendingHealthStore, type SendingHealthStore } from './shared-health';
import { ALICE_AND_BOB, hostAt, mailHost, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';

const identity = (helo: string): SendingIdentity => ({ address: null, helo, mailFrom: '' });
const POOL = [identity('one.example'), identity('two.example')];
const QUICK_PACE = { sessions: 8, connectionsPerMinute: 60_000, recipientsPerMinute: 600_000 };
const providerOf = (changes: Partial<Provider> = {}): Provider => ({
  id: 'big-mail',
  name: 'Big Mail',
  class: 'mailbox',
  acceptance: 'probe',
  maxRecipients: 5,
  pace: QUICK_PACE,
  ...changes,
});

async function healthOf(store: SendingHealthStore, helo: string, provider: string): Promise<SendingHealth | null> {
  const { states } = await store.exchange({ identities: [helo], deltas: [], since: null });
  return states.find((state) => state.provider === provider)?.health ?? null;
}

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A store in which these identities rest. */
async function storeWhere(
  resting: readonly string[],
  { provider = 'big-mail', now = () => Date.now() }: { provider?: string; now?: () => number } = {},
): Promise<SendingHealthStore> {
  const store = createMemorySendingHealthStore({ now });
  const lastRefusal = { at: Date.UTC(2025, 3, 1), text: '550 5.7.1 Client host [us] blocked' };
  const tally = { ...NOTHING_HAPPENED, refused: REFUSALS_BORNE, lastRefusal };
  await store.exchange({
    identities: [...resting],
    deltas: resting.map((name) => ({ identity: name, provider, firstPace: 1, tally })),
    since: null,
  });
  return store;
}

describe('the pace at a provider', () => {
  it.each([
    ['says 421', '421 4.7.0 Too many messages, slow down'],
    ['says 451 4.7.0', '451 4.7.0 Too many messages, slow down'],
  ])('a host that %s after n recipients: the pace halves, and grows with the answers that follow', async (_, words) => {
    let recipients = 0;
    const host = await mailHost({ rcpt: (to) => (++recipients === 10 ? words : ALICE_AND_BOB(to)) });
    const store = createMemorySendingHealthStore();
    const port = smtpPort({ health: store });
    const ask = (n: number) => port.ask(question([hostAt(host.port)], { localPart: `u${String(n)}`, provider: providerOf() }));
    await Promise.all(Array.from({ length: 15 }, (_value, n) => ask(n)));
    const cut = await until(async () => {
      const health = await healthOf(store, 'checker.example', 'big-mail');
      return health?.slowedAt === null ? null : health;
    });
    expect(cut.pace).toBeLessThan(0.3);
    expect(cut.refused).toBe(0);
    for (let n = 15; n < 40; n++) await ask(n);
    const grown = await until(async () => {
      const health = await healthOf(store, 'checker.example', 'big-mail');
      return health !== null && health.pace > cut.pace ? health : null;
    });
    expect(grown.answered).toBeGreaterThan(cut.answered);
  });

  it('is the card’s: questions beyond it wait, and those whose time is up are told that it was our pace', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const provider = providerOf({ pace: { sessions: 8, connectionsPerMinute: 600, recipientsPerMinute: 60 } });
    const port = smtpPort();
    const deadline = Date.now() + 600;
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        port.ask(question([hostAt(host.port)], { localPart: `u${String(n)}`, provider, deadline })),
      ),
    );
    // A new identity gets half of it: five saved up, and less than one in the time.
    expect(host.asked.length).toBeLessThanOrEqual(7);
    const wasAsked = ({ evidence }: MailboxAnswer) => evidence.some(({ layer, stage }) => layer === 'smtp' && stage === 'rcpt');
    const late = answers.filter((answer) => !wasAsked(answer));
    expect(late.length).toBeGreaterThanOrEqual(33);
    for (const answer of late) {
      expect(wordOf(answer)).toBe('timeout');
      expect(answer.mailbox).toMatchObject({
        heldBack: { until: null },
        detail: 'our own pace left no time for this question; nobody was asked',
      });
    }
    // No time was left to verify what the host said about the others.
    expect(answers.filter(wasAsked).filter((answer) => wordOf(answer) === 'mailbox_not_found')).toEqual([]);
  });

  it('delays no other provider and no host without one', async () => {
    const [slow, other, strange] = [await mailHost({}), await mailHost({}), await mailHost({})];
    const narrow = providerOf({ pace: { sessions: 1, connectionsPerMinute: 6, recipientsPerMinute: 6 } });
    const port = smtpPort();
    const stuck = Array.from({ length: 20 }, (_, n) =>
      port.ask(question([hostAt(slow.port)], { localPart: `u${String(n)}`, provider: narrow, domain: `d${String(n)}.test` })),
    );
    const free = await Promise.all([
      port.ask(question([hostAt(other.port)], { provider: providerOf({ id: 'other-mail' }) })),
      port.ask(question([hostAt(strange.port)])),
    ]);
    expect(free.map(wordOf)).toEqual(['accepted', 'accepted']);
    expect(slow.connections.length).toBeLessThanOrEqual(1);
    await port.close();
    await Promise.all(stuck);
  });

  it('when one identity has used up its pace, the next one goes on', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const provider = providerOf({ pace: { sessions: 2, connectionsPerMinute: 600, recipientsPerMinute: 60 } });
    const port = smtpPort({ identities: POOL });
    const deadline = Date.now() + 600;
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        port.ask(question([hostAt(host.port)], { localPart: `u${String(n)}`, provider, deadline })),
      ),
    );
    const greeted = host.connections.map(({ lines }) => lines[0]);
    expect(new Set(greeted)).toEqual(new Set(['EHLO one.example', 'EHLO two.example']));
    expect(host.asked.length).toBeGreaterThanOrEqual(8);
  });
});

describe('an identity that a provider refuses', () => {
  const blocksOne = {
    rcpt: (to: string, { lines }: { lines: string[] }) =>
      lines.includes('EHLO one.example') ? '550 5.7.1 blocked' : ALICE_AND_BOB(to),
  };

  it('gives way to the next at once, rests after a few refusals, and after a restart no question begins with it', async () => {
    const store = createMemorySendingHealthStore();
    const port = smtpPort({ identities: POOL, health: store });
    for (let n = 0; n < REFUSALS_BORNE; n++) {
      const host = await mailHost(blocksOne);
      const answer = await port.ask(question([hostAt(host.port)], { provider: providerOf(), domain: `d${String(n)}.test` }));
      expect(wordOf(answer)).toBe('accepted');
    }
    const health = await until(async () => {
      const found = await healthOf(store, 'one.example', 'big-mail');
      return found?.restsUntil ? found : null;
    });
    expect(health.lastRefusal?.text).toBe('550 5.7.1 blocked');
    const host = await mailHost(blocksOne);
    const restarted = smtpPort({ identities: POOL, health: store });
    expect(wordOf(await restarted.ask(question([hostAt(host.port)], { provider: providerOf() })))).toBe('accepted');
    expect(host.connections.map(({ lines }) => lines[0])).toEqual(['EHLO two.example']);
  });

  it('if all rest, no host is asked: the answer is what the provider said last, and when', async () => {
    const host = await mailHost({});
    const port = smtpPort({ identities: POOL, health: await storeWhere(['one.example', 'two.example']) });
    const answer = await port.ask(question([hostAt(host.port, 'mx.big.test')], { provider: providerOf() }));
    expect(host.connections).toHaveLength(0);
    expect(answer.mailbox).toMatchObject({
      kind: 'reply',
      meaning: 'sender_blocked',
      rule: 'identity-resting',
      reply: { code: 550, enhanced: '5.7.1', text: 'Client host [us] blocked' },
      host: 'mx.big.test',
    });
    expect(answer.evidence).toMatchObject([
      {
        at: '2025-04-01T00:00:00.000Z',
        stage: 'connect',
        provider: 'big-mail',
        rule: 'identity-resting',
        code: 550,
        duration_ms: 0,
      },
    ]);
    expect(answer.triplet).toBeNull();
  });

  it('is tried once when its rest is over; a yes ends the rest, and until then the others are not asked', async () => {
    let now = Date.now();
    const clock = { now: () => now };
    let release = (): void => undefined;
    const host = await mailHost({
      extensions: [],
      rcpt: (to, { socket }) => {
        if (!to.startsWith('trial')) return '250 Ok';
        release = () => socket.write('250 Ok\r\n');
        return null;
      },
    });
    const port = smtpPort({ health: await storeWhere(['checker.example'], clock), clock });
    const hosts = [hostAt(host.port)];
    const ask = (localPart: string) => port.ask(question(hosts, { localPart, provider: providerOf(), deadline: now + 5_000 }));
    expect(wordOf(await ask('early'))).toBe('sender_blocked');
    now += REST_LADDER_MS[0];
    const trial = ask('trial');
    while (host.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(wordOf(await ask('meanwhile'))).toBe('sender_blocked');
    release();
    expect(wordOf(await trial)).toBe('accepted');
    expect(wordOf(await ask('later'))).toBe('accepted');
    expect(host.asked.filter((to) => !to.startsWith('probe-'))).toEqual(['trial@example.test', 'later@example.test']);
  });

  it('a list that waits when the last identity begins to rest is told at once', async () => {
    const host = await mailHost({ greeting: '554 5.7.1 blocked' });
    const provider = providerOf({ pace: { ...QUICK_PACE, sessions: 1 } });
    const port = smtpPort();
    const hostSets = Array.from({ length: 60 }, (_, n) => [hostAt(host.port, `mx${String(n)}.big.test`)]);
    const answers = await Promise.all(
      hostSets.map((hosts, n) => port.ask(question(hosts, { provider, domain: `d${String(n)}.test` }))),
    );
    expect(new Set(answers.map(wordOf))).toEqual(new Set(['sender_blocked']));
    expect(host.connections.length).toBeLessThanOrEqual(2 * REFUSALS_BORNE);
  });

  it('a host of no known provider is still asked, by the first of the pool', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const health = await storeWhere(['one.example', 'two.example'], { provider: 'mx.strange.test' });
    const port = smtpPort({ identities: POOL, health });
    expect(wordOf(await port.ask(question([hostAt(host.port, 'mx.strange.test')])))).toBe('accepted');
    expect(new Set(host.connections.map(({ lines }) => lines[0]))).toEqual(new Set(['EHLO one.example']));
  });

  it('a greylist retry keeps its triplet at a host of no known provider, and leaves an identity that rests at a provider', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const triplet = { identityHelo: 'one.example', identityAddress: null, mailFrom: '', host: 'mx.strange.test' };
    const strange = smtpPort({ identities: POOL, health: await storeWhere(['one.example'], { provider: 'mx.strange.test' }) });
    await strange.ask(question([hostAt(host.port, 'mx.strange.test')], { triplet, localPart: 'carol' }));
    const known = smtpPort({ identities: POOL, health: await storeWhere(['one.example']) });
    await known.ask(question([hostAt(host.port)], { triplet, provider: providerOf(), localPart: 'carol' }));
    // That host is asked about its refusal once more, with the same identity.
    expect([...new Set(host.connections.map(({ lines }) => lines[0]))]).toEqual(['EHLO one.example', 'EHLO two.example']);
  });

  it('an unwanted sender is no refusal of the identity', async () => {
    const store = createMemorySendingHealthStore();
    const port = smtpPort({ health: store });
    for (let n = 0; n < 2 * REFUSALS_BORNE; n++) {
      const host = await mailHost({ mail: (from) => (from === '' ? '550 5.7.1 null sender refused' : '250 Ok') });
      await port.ask(question([hostAt(host.port)], { provider: providerOf(), domain: `d${String(n)}.test` }));
    }
    await port.close();
    expect(await healthOf(store, 'checker.example', 'big-mail')).toMatchObject({ refused: 0, rests: 0 });
  });
});
