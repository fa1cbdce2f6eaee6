import { expect, it } from 'vitest';
import { fakeList } from './fake-list';
import { advanceOf } from './list-progress';

it('an upload is measured by the bytes that came, a file that is read by those that were read', () => {
  const file = { ...fakeList().file, sizeBytes: 1_000, receivedBytes: 250, parsedBytes: 125 };
  expect(advanceOf(fakeList({ state: 'uploading', file }))).toEqual({ share: 0.25, words: '25 %' });
  expect(advanceOf(fakeList({ state: 'parsing', file }))).toEqual({ share: 0.5, words: '50 %' });
});

it('never says 100 % before the end, nor more than that', () => {
  const file = { ...fakeList().file, sizeBytes: 1_000, receivedBytes: 999 };
  expect(advanceOf(fakeList({ state: 'uploading', file })).words).toBe('99 %');
  expect(advanceOf(fakeList({ state: 'uploading', file: { ...file, receivedBytes: 2_000 } })).share).toBe(1);
});

it('has no share of a file of unknown size, or of a list of no addresses', () => {
  expect(advanceOf(fakeList({ state: 'uploading', file: { ...fakeList().file, sizeBytes: 0 } })).share).toBeNull();
  const progress = { ...fakeList().progress, processed: 0, total: 0 };
  expect(advanceOf(fakeList({ state: 'completed', progress }))).toEqual({ share: null, words: '0 of 0' });
});

it('a running list is measured by its final verdicts', () => {
  const progress = { ...fakeList().progress, processed: 1_204, total: 2_408 };
  expect(advanceOf(fakeList({ state: 'running', progress }))).toEqual({ share: 0.5, words: '1,204 of 2,408' });
});
