// The engine without network, on one core: syntax, disposable and role checks for a list like those people have.
import { composeEngine } from '@/worker/compose';
import { createMemoryCatchAllStore } from '@/worker/adapters/smtp/catch-all/catch-all';
import { asClient } from './as-client';

const FIRST = 'anna ben carla david emma felix grace henry ines jonas klara liam maria noah olga paul rosa sam tina victor'.split(
  ' ',
);
const LAST = 'adler brown costa dubois evans fischer garcia hansen ito jensen kowalski lopez meyer novak rossi silva weber'.split(
  ' ',
);
const TASKS = 'info sales support billing no-reply hr office.berlin'.split(' ');
const FREE = 'gmail.com hotmail.com yahoo.com outlook.com icloud.com gmx.de web.de yandex.ru aol.com proton.me'.split(' ');
const BROKEN = [
  'no at sign',
  'two@@example.com',
  'dot.@example.com',
  'space in@example.com',
  'literal@[192.0.2.1]',
  'single@label',
];

/** Half are free mailboxes, a third at 2,000 companies; the rest are rare domains, disposable ones, typos and invalid addresses. */
function emailOf(index: number): string {
  // A fixed shuffle (Knuth's multiplier), so that kinds and names are not correlated.
  const lot = Math.imul(index, 2_654_435_761) >>> 0;
  const pick = (words: readonly string[], by: number): string => words[by % words.length] ?? '';
  const person = `${pick(FIRST, lot >>> 3)}.${pick(LAST, lot >>> 9)}${lot % 3 === 0 ? String(lot % 1_000) : ''}`;
  const kind = lot % 100;
  if (kind < 50) return `${person}@${pick(FREE, lot >>> 11)}`;
  if (kind < 80) return `${kind < 55 ? pick(TASKS, lot >>> 5) : person}@company-${String((lot >>> 7) % 2_000)}.example`;
  if (kind < 90) return `${person}@${pick(LAST, lot >>> 4)}-${String(index)}.example`;
  if (kind < 93) return `${person}@mailinator.com`;
  if (kind < 96) return `${person}@${pick(['gmial.com', 'hotmial.com', 'yaho.com', 'outlok.com'], lot >>> 6)}`;
  return pick(BROKEN, lot >>> 8);
}

await asClient(async (plan) => {
  const { AUTH_SECRET, ...settings } = plan.settings;
  const engine = await composeEngine({ settings: { ...settings, AUTH_SECRET }, catchAll: createMemoryCatchAllStore() });
  const verify = async (list: string): Promise<number> => {
    let withoutLayers = 0;
    for (let from = 0, end = list.indexOf('\n'); end !== -1; from = end + 1, end = list.indexOf('\n', from)) {
      const { layers } = await engine.verify({ email: list.slice(from, end), deadline: 0, triplet: null }, { offline: true });
      if (layers.length !== 7) withoutLayers += 1;
    }
    return withoutLayers;
  };
  const list = listOf(plan.addresses, 0);
  const warmUp = listOf(plan.warmUp, plan.addresses);
  return { warmUp: () => verify(warmUp), run: () => verify(list), close: () => engine.close() };
});

/** Builds one long text, as from a file: a million separate strings would keep the garbage collector busy. */
function listOf(count: number, first: number): string {
  let list = '';
  for (let index = first; index < first + count; index++) list += `${emailOf(index)}\n`;
  return Buffer.from(list).toString('latin1');
}
