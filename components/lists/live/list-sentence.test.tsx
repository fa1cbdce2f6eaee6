import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ListProgress, ListView } from '@/lib/lists/rules/view';
import { fakeList } from '../fake-list';
import { ListSentence } from './list-sentence';

const wordsOf = (more: Partial<ListView>, progress: Partial<ListProgress>): string =>
  renderToStaticMarkup(<ListSentence list={fakeList({ ...more, progress: { ...fakeList().progress, ...progress } })} />).replace(
    /<[^>]+>/g,
    '',
  );

it('says how many will be asked again, and by when', () => {
  const waiting = { total: 1_204, retrying: 37, retryingUntil: '2026-11-26T14:20:00.000Z' };
  expect(wordsOf({ status: 'running' }, { ...waiting, processed: 1_000 })).toBe(
    '1,000 of 1,204 addresses have a verdict; 37 will be asked again by 14:20 UTC.',
  );
  expect(wordsOf({ status: 'running' }, { ...waiting, processed: 1_167 })).toMatch(
    /^37 will be asked again by 14:20 UTC: their servers told us/,
  );
});

it('says why it is paused, if no banner does', () => {
  expect(wordsOf({ status: 'paused', pauseReason: 'by_customer' }, {})).toMatch(/^Paused by you\. 0 of 1,204/);
  expect(wordsOf({ status: 'paused', pauseReason: 'out_of_credits' }, {})).toMatch(/^Paused\. 0 of 1,204/);
});

it('says when it ended, and that the totals outlive deleted rows', () => {
  expect(wordsOf({ status: 'completed', finishedAt: '2026-11-26T14:20:00.000Z' }, {})).toBe(
    'All 1,204 addresses have a verdict, since Nov 26, 2026, 14:20 UTC.',
  );
  expect(wordsOf({ status: 'expired', expiresAt: '2026-11-26T14:20:00.000Z' }, {})).toBe(
    'The rows were deleted on Nov 26, 2026. The totals are kept.',
  );
});
