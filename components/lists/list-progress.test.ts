import { expect, it } from 'vitest';
import { fakeList } from './fake-list';
import { advanceOf, listTitle } from './list-progress';

it('an upload is measured by the bytes received, a file being read by the bytes read', () => {
  const file = { ...fakeList().file, sizeBytes: 1_000, receivedBytes: 250, parsedBytes: 125 };
  expect(advanceOf(fakeList({ status: 'uploading', file }))).toEqual({ share: 0.25, words: '25%' });
  expect(advanceOf(fakeList({ status: 'parsing', file }))).toEqual({ share: 0.5, words: '50%' });
});

it('never shows 100% before the end, nor more than 100%', () => {
  const file = { ...fakeList().file, sizeBytes: 1_000, receivedBytes: 999 };
  expect(advanceOf(fakeList({ status: 'uploading', file })).words).toBe('99%');
  expect(advanceOf(fakeList({ status: 'uploading', file: { ...file, receivedBytes: 2_000 } })).share).toBe(1);
});

it('has no share for a file of unknown size, or for a list without addresses', () => {
  expect(advanceOf(fakeList({ status: 'uploading', file: { ...fakeList().file, sizeBytes: 0 } })).share).toBeNull();
  const progress = { ...fakeList().progress, processed: 0, total: 0 };
  expect(advanceOf(fakeList({ status: 'completed', progress }))).toEqual({ share: null, words: '0 of 0' });
});

it('a running list is measured by its final verdicts', () => {
  const progress = { ...fakeList().progress, processed: 1_204, total: 2_408 };
  expect(advanceOf(fakeList({ status: 'running', progress }))).toEqual({ share: 0.5, words: '1,204 of 2,408' });
});

it('a list at its end has its figures and no bar, since nothing moves any more', () => {
  const progress = { ...fakeList().progress, processed: 1_204, total: 2_408 };
  for (const status of ['completed', 'cancelled', 'failed', 'expired'] as const) {
    expect(advanceOf(fakeList({ status, progress }))).toEqual({ share: null, words: '1,204 of 2,408' });
  }
});

it('the window’s title is the list’s name, with its progress while it is at work', () => {
  const progress = { ...fakeList().progress, processed: 420, total: 1_000 };
  expect(listTitle(fakeList({ name: 'customers.csv', status: 'running', progress }))).toBe('42% · customers.csv');
  expect(listTitle(fakeList({ name: 'customers.csv', status: 'completed', progress }))).toBe('customers.csv');
  expect(listTitle(fakeList({ name: 'customers.csv' }))).toBe('customers.csv');
});
