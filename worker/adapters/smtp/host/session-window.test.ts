import { expect, it } from 'vitest';
import { SessionWindow } from './session-pool';

/** How many sessions there may be after each of this many clean groups. */
const courseOf = (window: SessionWindow, groups: number): number[] =>
  Array.from({ length: groups }, () => {
    window.grow(window.sessions);
    return window.sessions;
  });

it('doubles with each clean round, then adds one per round, and never exceeds its limit', () => {
  const window = new SessionWindow(1, 7);
  expect(window.sessions).toBe(1);
  expect(courseOf(window, 3)).toEqual([2, 2, 4]);
  expect(courseOf(window, 4)).toEqual([4, 4, 4, 5]);
  expect(courseOf(window, 5 + 6 + 50).at(-1)).toBe(7);
});

it('is one again after a session was cut short, and then grows again', () => {
  const window = new SessionWindow(2, 8);
  courseOf(window, 20);
  window.cut();
  expect(window.sessions).toBe(1);
  expect(courseOf(window, 3)).toEqual([2, 2, 4]);
});

it('begins within its limit', () => {
  expect(new SessionWindow(2, 1).sessions).toBe(1);
});
