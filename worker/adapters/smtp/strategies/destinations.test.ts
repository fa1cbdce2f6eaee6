import { expect, it, vi } from 'vitest';
import { boundsOf, memoryStore } from '@/tests/engine/destination-setup';
import { mailHost } from '@/tests/engine/smtp-setup';
import { EXISTS, HONEST, tallyOf, worldOfNames } from '@/tests/engine/strategy-setup';

const domains = (count: number): string[] => Array.from({ length: count }, (_, n) => `mary@customer${String(n)}.test`);

vi.setConfig({ testTimeout: 30_000 });

it('crowded-address: domains whose hosts have different names and one address wait in line there, and none times out for it', async () => {
  const host = await mailHost({ rcpt: HONEST, greetAfterMs: 150 });
  const { verify } = worldOfNames(host.port, { limits: boundsOf({ sessions: 3 }) });
  const answers = await Promise.all(domains(30).map((email) => verify(email, { budgetMs: 6_000 })));
  const notAsked = answers.filter(({ askAgain }) => askAgain?.reason === 'timeout' && askAgain.isHeldBack);
  expect(tallyOf(answers.filter((answer) => !notAsked.includes(answer)))).toEqual({ [EXISTS]: 30 - notAsked.length });
  expect(host.mostOpen).toBeLessThanOrEqual(3);
  for (const { layers } of notAsked) expect(layers[5]?.summary).toMatch(/not asked yet: our own limits/);
});

it('hour-used-up: the rest is asked when there is room again, whatever its other hosts say', async () => {
  const host = await mailHost({ rcpt: HONEST });
  const limits = boundsOf({ connectionsAnHour: 10 });
  const { verify } = worldOfNames(host.port, { limits, destinations: memoryStore(900_000) });
  const answers = await Promise.all(domains(20).map((email) => verify(email)));
  const waiting = answers.filter(({ verdict }) => verdict.reason === 'timeout');
  expect(tallyOf(answers.filter((answer) => !waiting.includes(answer)))).toEqual({ [EXISTS]: 9 });
  expect(waiting).toHaveLength(11);
  for (const { askAgain } of waiting) {
    expect(askAgain).toMatchObject({ reason: 'timeout', isHeldBack: true });
    expect(askAgain?.afterS).toBeGreaterThan(880);
  }
});
