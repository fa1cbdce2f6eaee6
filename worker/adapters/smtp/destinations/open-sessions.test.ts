import { describe, expect, it, vi } from 'vitest';
import { DESTINATION_LIMITS } from '@/lib/platform/limits';
import type { Provider } from '@/lib/verdict/mail-host';
import { createMemorySendingHealthStore } from '../reputation/shared-health';
import { ALICE_AND_BOB, mailHost, question } from '@/tests/engine/smtp-setup';
import { askFor, askMany, boundsOf, countOf, portTo, wordOf } from '@/tests/engine/destination-setup';

vi.setConfig({ testTimeout: 90_000 });

const MOST = DESTINATION_LIMITS.anAddress.sessions;
const REAL = { rcpt: ALICE_AND_BOB };

describe('however many names lead to one address', () => {
  it('the limit of sessions there is kept, and every domain gets its answer', async () => {
    const host = await mailHost(REAL);
    const answers = await askMany(portTo(host), 400);
    expect(countOf(answers, 'accepted')).toBe(400);
    expect(host.mostOpen).toBeGreaterThan(1);
    expect(host.mostOpen).toBeLessThanOrEqual(MOST);
  });

  it('workers share that limit', async () => {
    const host = await mailHost(REAL);
    const memory = createMemorySendingHealthStore();
    const health = {
      exchange: async (told: Parameters<typeof memory.exchange>[0]) => ({ ...(await memory.exchange(told)), workers: 3 }),
    };
    const ports = [portTo(host, { health }), portTo(host, { health }), portTo(host, { health })];
    const answers = await Promise.all(ports.map((port, at) => askMany(port, 80, { from: at * 1_000 })));
    expect(countOf(answers.flat(), 'accepted')).toBe(240);
    expect(host.mostOpen).toBeLessThanOrEqual(MOST);
  });

  it('an address is the same however it is written', async () => {
    const host = await mailHost(REAL, '::');
    const ways = ['127.0.0.1', '::ffff:127.0.0.1', '0:0:0:0:0:ffff:7f00:1', '::FFFF:7F00:1'];
    const port = portTo(host, { limits: boundsOf({ sessions: 3 }) });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => askFor(port, n, { address: ways[n % ways.length] })));
    expect(countOf(answers, 'accepted')).toBe(60);
    expect(host.mostOpen).toBeLessThanOrEqual(3);
  });

  it('IPv6 addresses of one host share their limits', async () => {
    const host = await mailHost(REAL, '::');
    const answers = await askMany(portTo(host), 60, { address: '::1' });
    expect(countOf(answers, 'accepted')).toBe(60);
    expect(host.mostOpen).toBeLessThanOrEqual(MOST);
  });

  it('a network gets more sessions than an address, but no more than its own limit', async () => {
    const host = await mailHost(REAL, '0.0.0.0');
    const port = portTo(host, { limits: boundsOf({ sessions: 4 }, { sessions: 6 }) });
    const asks = Array.from({ length: 200 }, (_, n) => askFor(port, n, { address: `127.0.0.${String(2 + (n % 50))}` }));
    expect(countOf(await Promise.all(asks), 'accepted')).toBe(200);
    expect(host.mostOpen).toBeGreaterThan(4);
    expect(host.mostOpen).toBeLessThanOrEqual(6);
  });

  it('idle sessions give way to those who wait in line', async () => {
    const host = await mailHost(REAL);
    const port = portTo(host, { limits: boundsOf({ sessions: 1 }), timeouts: { idleMs: 20_000 } });
    await askFor(port, 1);
    expect(wordOf(await askFor(port, 2, { withinMs: 15_000 }))).toBe('accepted');
  });
});

describe('the limit does not apply to', () => {
  const PROVIDER: Provider = {
    id: 'big-mail',
    name: 'Big Mail',
    class: 'mailbox',
    acceptance: 'truthful',
    maxRecipients: null,
    pace: { sessions: 60, connectionsPerMinute: 60_000, recipientsPerMinute: 60_000 },
  };
  const recognizeProvider = ({ mxHosts }: { mxHosts: readonly string[] }) =>
    mxHosts.some((name) => name.endsWith('.big-mail.test')) ? PROVIDER : null;
  const slow = { ...REAL, command: (line: string) => (line.startsWith('RCPT') ? null : undefined) };

  const askAs = (port: ReturnType<typeof portTo>, nameOf: (n: number) => string, provider: Provider | null) =>
    Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        port.ask(
          question([{ name: nameOf(n), preference: 10, addresses: ['127.0.0.1'] }], {
            domain: `customer${String(n)}.test`,
            provider,
            deadline: Date.now() + 3_000,
          }),
        ),
      ),
    );

  it('a name in the zone of the provider at whose pace it is asked', async () => {
    const host = await mailHost(slow);
    await askAs(portTo(host, { recognizeProvider }), (n) => `mx${String(n)}.big-mail.test`, PROVIDER);
    expect(host.mostOpen).toBeGreaterThan(MOST);
  });

  it.each([
    ['the customer’s own name for the same address', (n: number) => `mx.customer${String(n)}.test`, null],
    ['the customer’s own name, put beside the provider’s', (n: number) => `mx.customer${String(n)}.test`, PROVIDER],
    ['a domain in that zone that is asked at nobody’s pace', (n: number) => `mx${String(n)}.big-mail.test`, null],
  ])('but not %s', async (_, nameOf, provider) => {
    const host = await mailHost(slow);
    await askAs(portTo(host, { recognizeProvider }), nameOf, provider);
    expect(host.mostOpen).toBeLessThanOrEqual(MOST);
  });

  it('addresses that composition exempts', async () => {
    const host = await mailHost(slow);
    await askAs(portTo(host, { isUnbounded: (address) => address === '127.0.0.1' }), (n) => `mx.customer${String(n)}.test`, null);
    expect(host.mostOpen).toBeGreaterThan(MOST);
  });
});

describe('the line at an address', () => {
  it('is served in order of arrival, and single checks come first', async () => {
    const host = await mailHost({ rcpt: () => '550 5.1.1 No such user' });
    const port = portTo(host, { limits: boundsOf({ sessions: 1 }) });
    const order: number[] = [];
    const ask = async (n: number, isSingle = false): Promise<void> => {
      await askFor(port, n, { isSingle });
      order.push(n);
    };
    const lists = [1, 2, 3, 4, 5].map((n) => ask(n));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await Promise.all([...lists, ask(9, true)]);
    expect(order).toEqual([1, 9, 2, 3, 4, 5]);
  });

  it('holds up no other address of the network', async () => {
    const mute = await mailHost({ greeting: null });
    const host = await mailHost(REAL);
    const port = portTo(host, {
      dial: (address) => ({ host: '127.0.0.1', port: address === '203.0.113.9' ? host.port : mute.port, localAddress: null }),
    });
    const held = askMany(port, 100, { address: '203.0.113.8', withinMs: 4_000 });
    let isHeldOver = false;
    void held.then(() => (isHeldOver = true));
    expect(wordOf(await askFor(port, 500, { address: '203.0.113.9' }))).toBe('accepted');
    expect(isHeldOver).toBe(false);
    expect(mute.mostOpen).toBeLessThanOrEqual(MOST);
    await held;
  });

  it('uses up no one’s time: a question that waited has all of it when its turn comes, or is asked later', async () => {
    const budgetMs = 4_000;
    const host = await mailHost({ ...REAL, greetAfterMs: 2_500 });
    const port = portTo(host, { limits: boundsOf({ sessions: 4 }), timeouts: { greetingMs: 60_000 } });
    const startedAt = Date.now();
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const answer = await askFor(port, n, { withinMs: budgetMs });
        return { word: wordOf(answer), afterMs: Date.now() - startedAt };
      }),
    );
    expect(new Set(answers.map(({ word }) => word))).toEqual(new Set(['accepted', 'held back']));
    // When their turn came, some had less time left on their own clock than the greeting takes.
    expect(answers.filter(({ word, afterMs }) => word === 'accepted' && afterMs > budgetMs).length).toBeGreaterThan(0);
  });
});
