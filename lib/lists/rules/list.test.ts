import { describe, expect, it } from 'vitest';
import {
  canMove,
  isListStatus,
  isSettled,
  LIST_FAILURES,
  LIST_STATUSES,
  needsColumn,
  ROW_PROBLEMS,
  rowProblemSentence,
  statusesBefore,
  type ListStatus,
} from './list';

describe('the statuses of a list', () => {
  it('that are settled lead only to another run or to the deletion of the rows', () => {
    for (const from of LIST_STATUSES.filter(isSettled)) {
      expect(LIST_STATUSES.filter((to) => canMove(from, to)).every((to) => to === 'queued' || to === 'expired')).toBe(true);
    }
  });

  it('never lead from a run back to its file', () => {
    for (const from of ['queued', 'running', 'paused', 'completed', 'cancelled'] as const) {
      for (const to of ['uploading', 'parsing', 'ready'] as const) expect(canMove(from, to)).toBe(false);
    }
  });

  it('can all lead to an end, except the last one', () => {
    for (const from of LIST_STATUSES.filter((status) => status !== 'expired')) {
      expect(LIST_STATUSES.some((to) => isSettled(to) && canMove(from, to))).toBe(true);
    }
  });

  it('before a status are those that may move to it', () => {
    expect(statusesBefore('running')).toEqual(['queued']);
    expect(statusesBefore('paused')).toEqual(['queued', 'running']);
  });

  it('lead from the upload to the deletion of the rows', () => {
    const way: ListStatus[] = ['uploading', 'parsing', 'ready', 'queued', 'running', 'completed', 'expired'];
    for (const [at, to] of way.slice(1).entries()) expect(statusesBefore(to)).toContain(way[at]);
  });

  it('never lead to themselves, and the last one leads nowhere', () => {
    for (const status of LIST_STATUSES) expect(canMove(status, status)).toBe(false);
    for (const to of LIST_STATUSES) expect(canMove('expired', to)).toBe(false);
  });

  it.each<[string, ListStatus, ListStatus[]]>([
    ['another column is chosen only while nothing was asked', 'parsing', ['uploading', 'ready']],
    ['the file has been read before it is ready', 'ready', ['parsing']],
    [
      'a list waits for its first chunk after its start, its resumption, and to ask the unknown rows again',
      'queued',
      ['ready', 'paused', 'completed', 'cancelled'],
    ],
    ['a list without anything to ask is complete at once', 'completed', ['queued', 'running']],
    ['whatever is not settled can be cancelled', 'cancelled', LIST_STATUSES.filter((status) => !isSettled(status))],
    ['whatever is not settled can fail', 'failed', LIST_STATUSES.filter((status) => !isSettled(status))],
    [
      'rows are deleted before a list starts and after it ended, never in between',
      'expired',
      ['uploading', 'parsing', 'ready', 'completed', 'cancelled', 'failed'],
    ],
    ['no list goes back to its upload', 'uploading', []],
  ])('%s', (_, to, before) => {
    expect([...statusesBefore(to)].toSorted()).toEqual(before.toSorted());
  });

  it('are settled if nothing more happens automatically', () => {
    expect(LIST_STATUSES.filter(isSettled)).toEqual(['completed', 'cancelled', 'failed', 'expired']);
  });

  it('are these words and no others', () => {
    expect(LIST_STATUSES.every(isListStatus)).toBe(true);
    expect(['', 'done', 'Running'].some(isListStatus)).toBe(false);
  });
});

it('a list needs a column chosen only when it is ready, and because no column holds addresses', () => {
  expect(needsColumn({ status: 'ready', failure: 'no_email_column' })).toBe(true);
  for (const failure of [null, ...LIST_FAILURES.filter((word) => word !== 'no_email_column')])
    expect(needsColumn({ status: 'ready', failure })).toBe(false);
  for (const status of LIST_STATUSES.filter((word) => word !== 'ready'))
    expect(needsColumn({ status, failure: 'no_email_column' })).toBe(false);
});

describe('a row that is rejected', () => {
  it('says why in its own sentence, under a code that is never used twice', () => {
    const problems = Object.values(ROW_PROBLEMS);
    for (const { code, sentence } of problems) expect(rowProblemSentence(code)).toBe(sentence);
    expect(new Set(problems.map(({ code }) => code)).size).toBe(problems.length);
    expect(new Set(problems.map(({ sentence }) => sentence)).size).toBe(problems.length);
    for (const { sentence } of problems) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });

  it('still has a sentence if its code is unknown', () => {
    expect(rowProblemSentence(99)).toBe('The row could not be read.');
  });
});
