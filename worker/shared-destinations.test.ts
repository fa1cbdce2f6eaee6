// Two workers' SMTP adapters on one database: a mail host's hourly limit counts both workers, whatever names lead to the host.
import { describe, expect, it, vi } from 'vitest';
import { createDestinationStore } from './stores/destination-uses';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import { askMany, boundsOf, countOf, portTo } from '@/tests/engine/destination-setup';
import { ALICE_AND_BOB, mailHost } from '@/tests/engine/smtp-setup';

useTestDatabase();
withinOneHour();

vi.setConfig({ testTimeout: 60_000 });

describe('two workers on one database', () => {
  it('together make no more connections than one address’s limit, and single checks have their reserve', async () => {
    const host = await mailHost({ rcpt: ALICE_AND_BOB });
    const limits = boundsOf({ sessions: 10, connectionsAnHour: 40 });
    const ports = [0, 1].map(() => portTo(host, { limits, destinations: createDestinationStore() }));
    const ask = async (count: number, isSingle: boolean): Promise<[number, number]> => {
      const asks = ports.map((port, at) => askMany(port, count, { from: at * 1_000 + (isSingle ? 500 : 0), isSingle }));
      const answers = (await Promise.all(asks)).flat();
      return [countOf(answers, 'accepted'), countOf(answers, 'held back')];
    };
    const [asked, held] = await ask(60, false);
    expect(asked + held).toBe(120);
    expect(host.connections).toHaveLength(asked);
    // Only what one worker has leased and the other would have needed is lost.
    expect(asked).toBeLessThanOrEqual(36);
    expect(asked).toBeGreaterThan(30);
    const [single] = await ask(10, true);
    expect(single).toBeGreaterThanOrEqual(4);
    expect(host.connections.length).toBeLessThanOrEqual(40);
  });
});
