import { describe, expect, it, vi } from 'vitest';
import { ALICE_AND_BOB, mailHost, question } from '@/tests/engine/smtp-setup';
import { askFor, askMany, boundsOf, countOf, hostNamed, memoryStore, portTo, wordOf } from '@/tests/engine/destination-setup';

vi.setConfig({ testTimeout: 60_000 });

const REAL = { rcpt: ALICE_AND_BOB };

describe('connections per hour at one address', () => {
  it('lists leave a tenth to single checks, and a question without room is held back until the hour is over, never refused', async () => {
    const host = await mailHost(REAL);
    const port = portTo(host, { limits: boundsOf({ sessions: 5, connectionsAnHour: 20 }), destinations: memoryStore(600_000) });
    const lists = await askMany(port, 60);
    expect(countOf(lists, 'accepted')).toBe(18);
    expect(countOf(lists, 'held back')).toBe(42);
    expect(host.connections).toHaveLength(18);
    const held = lists.find((answer) => wordOf(answer) === 'held back');
    const until = held?.mailbox.kind === 'failure' ? held.mailbox.heldBack?.until : null;
    expect(Math.abs((until ?? 0) - Date.now() - 600_000)).toBeLessThan(10_000);
    const singles = await askMany(port, 5, { from: 100, isSingle: true });
    expect(countOf(singles, 'accepted')).toBe(2);
    expect(countOf(singles, 'held back')).toBe(3);
    expect(host.connections).toHaveLength(20);
  });

  it('are counted for a network, whatever the addresses', async () => {
    const host = await mailHost(REAL, '0.0.0.0');
    const port = portTo(host, { limits: boundsOf({}, { connectionsAnHour: 30 }), destinations: memoryStore() });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => askFor(port, n, { address: `127.0.0.${String(n + 2)}` })),
    );
    expect(countOf(answers, 'accepted')).toBe(27);
    expect(host.connections).toHaveLength(27);
  });

  it('begin again with the next hour', async () => {
    const host = await mailHost(REAL);
    let now = Date.now();
    const store = memoryStore(60_000);
    const limits = boundsOf({ connectionsAnHour: 10 });
    const port = portTo(host, { limits, destinations: store, clock: { now: () => now } });
    expect(countOf(await askMany(port, 20), 'accepted')).toBe(9);
    store.used.clear();
    now += 60_001;
    const again = await Promise.all(
      [100, 101].map((n) =>
        port.ask(question([hostNamed(n, '127.0.0.1')], { domain: `customer${String(n)}.test`, deadline: now + 10_000 })),
      ),
    );
    expect(again.map(wordOf)).toEqual(['accepted', 'accepted']);
  });

  it('are taken in leases, not one by one', async () => {
    const host = await mailHost(REAL);
    const store = memoryStore();
    const port = portTo(host, { destinations: store });
    expect(countOf(await askMany(port, 300), 'accepted')).toBe(300);
    expect(store.questions).toBeLessThan(30);
  });

  it('a store that fails holds questions back, and nothing is called an answer', async () => {
    const host = await mailHost(REAL);
    const port = portTo(host, { destinations: { lease: () => Promise.reject(new Error('away')) } });
    expect((await askMany(port, 5)).map(wordOf)).toEqual(Array.from({ length: 5 }, () => 'held back'));
    expect(host.connections).toHaveLength(0);
  });

  it('without a store nothing is counted', async () => {
    const host = await mailHost(REAL);
    const port = portTo(host, { limits: boundsOf({ connectionsAnHour: 5 }) });
    expect(countOf(await askMany(port, 30), 'accepted')).toBe(30);
  });
});

describe('recipients per hour at one address', () => {
  const askOne = (port: ReturnType<typeof portTo>, localPart: string, isSingle: boolean) =>
    port.ask(question([hostNamed(1, '127.0.0.1')], { domain: 'customer1.test', localPart, isSingle }));

  it('limit a list’s part exactly, and single checks go on with theirs over the same session', async () => {
    const host = await mailHost({});
    const port = portTo(host, { limits: boundsOf({ recipientsAnHour: 40 }), destinations: memoryStore() });
    const lists = await Promise.all(Array.from({ length: 60 }, (_, n) => askOne(port, `user${String(n)}`, false)));
    // One of the 36 was the domain's probe, and one recipient may have been asked twice, to see whether the host still means what it says.
    expect(countOf(lists, 'accepted')).toBeGreaterThanOrEqual(34);
    expect(countOf(lists, 'held back')).toBe(60 - countOf(lists, 'accepted'));
    expect(host.asked).toHaveLength(36);
    const singles = await Promise.all(Array.from({ length: 6 }, (_, n) => askOne(port, `single${String(n)}`, true)));
    expect(countOf(singles, 'accepted')).toBe(4);
    expect(countOf(singles, 'held back')).toBe(2);
    expect(host.asked).toHaveLength(40);
  });

  it('a mailbox whose probe finds no room is held back with it: half an answer would be called a timeout', async () => {
    const host = await mailHost(REAL);
    const port = portTo(host, { limits: boundsOf({ recipientsAnHour: 1 }), destinations: memoryStore() });
    expect(wordOf(await askOne(port, 'alice', true))).toBe('held back');
  });
});
