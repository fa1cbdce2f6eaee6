import { describe, expect, it } from 'vitest';
import { canMove, isSettled, LIST_STATUSES, statusesBefore } from './list';

describe('the statuses of a list', () => {
  it('that are settled lead nowhere but to another run or to the end of its rows', () => {
    for (const from of LIST_STATUSES.filter(isSettled)) {
      expect(LIST_STATUSES.filter((to) => canMove(from, to)).every((to) => to === 'queued' || to === 'expired')).toBe(true);
    }
  });

  it('never lead from a run back to its file', () => {
    for (const from of ['queued', 'running', 'paused', 'completed', 'cancelled'] as const) {
      for (const to of ['uploading', 'parsing', 'ready'] as const) expect(canMove(from, to)).toBe(false);
    }
  });

  it('lead to an end from everywhere but the end itself', () => {
    for (const from of LIST_STATUSES.filter((status) => status !== 'expired')) {
      expect(LIST_STATUSES.some((to) => isSettled(to) && canMove(from, to))).toBe(true);
    }
  });

  it('before a status are those that may move there', () => {
    expect(statusesBefore('running')).toEqual(['queued']);
    expect(statusesBefore('paused')).toEqual(['queued', 'running']);
  });
});
