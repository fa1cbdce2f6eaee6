import { expect, it } from 'vitest';
import { createAnswerCache, type DatedAnswer } from './answer-cache';

const HOUR_MS = 3_600_000;

function setUp(maxEntries: number) {
  let now = 0;
  const cache = createAnswerCache<string>({ maxEntries, maxPositiveMs: 300, negativeMs: 60, now: () => now });
  const asked: string[] = [];
  const look = (name: string, ttlMs = HOUR_MS) =>
    cache(name, () => {
      asked.push(name);
      const answer: DatedAnswer<string> = { answer: { kind: 'found', records: [name] }, ttlMs };
      return Promise.resolve(answer);
    });
  return { asked, look, wait: (ms: number) => (now += ms) };
}

it('remembers at least half of its limit, and asks again for what it forgot', async () => {
  const { asked, look } = setUp(100);
  for (let n = 0; n < 50; n++) await look(`d${String(n)}.test`);
  expect(look('d0.test')).toMatchObject({ kind: 'found', records: ['d0.test'], learned: { at: 0 } });
  for (let n = 50; n < 250; n++) await look(`d${String(n)}.test`);
  const before = asked.length;
  expect(await look('d1.test')).toMatchObject({ kind: 'found', records: ['d1.test'] });
  expect(asked.slice(before)).toEqual(['d1.test']);
});

it('gives no expired answer, whether or not it was forgotten by then', async () => {
  const { asked, look, wait } = setUp(100);
  await look('long.test');
  await look('short.test', 100);
  wait(100);
  await look('long.test');
  await look('short.test', 100);
  wait(200);
  await look('long.test');
  expect(asked).toEqual(['long.test', 'short.test', 'short.test', 'long.test']);
});
