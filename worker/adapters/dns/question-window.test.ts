import { expect, it } from 'vitest';
import { DNS_WINDOW } from '@/lib/platform/limits';
import { QuestionWindow } from './server';

const { least, most, growth, lateShareOfCut, lateShareOfGrowth } = DNS_WINDOW;

/** As many answers as there are places, a share of them late. */
function round(window: QuestionWindow, lateShare: number): number {
  const { places } = window;
  for (let answer = 0; answer < places; answer += 1) window.answered({ isLate: answer < Math.round(lateShare * places) });
  return window.places;
}

it('halves once per round in which too many answers were late, down to the minimum', () => {
  const window = new QuestionWindow();
  expect(window.places).toBe(most);
  expect(round(window, lateShareOfCut + 0.01)).toBe(most / 2);
  for (let rounds = 0; rounds < 10; rounds += 1) round(window, 1);
  expect(window.places).toBe(least);
});

it('grows by a few places after a clean round, up to the maximum, and stays the same if some were late', () => {
  const window = new QuestionWindow();
  round(window, 1);
  expect(round(window, lateShareOfGrowth)).toBe(most / 2 + growth);
  expect(round(window, (lateShareOfCut + lateShareOfGrowth) / 2)).toBe(most / 2 + growth);
  for (let rounds = 0; rounds < 20; rounds += 1) round(window, 0);
  expect(window.places).toBe(most);
});
