import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ListProgress, ListView } from '@/lib/lists/rules/view';
import { fakeList } from '../fake-list';
import { GradeLine } from './grade-line';

const GRADED = { countsByReason: { catch_all: 1_312 }, countsByGrade: { likely: 1_120, uncertain: 192, unlikely: 0 } };
const shown = (progress: Partial<ListProgress>, more: Partial<ListView> = {}): string =>
  renderToStaticMarkup(
    <GradeLine list={fakeList({ status: 'completed', ...more, progress: { ...fakeList().progress, ...progress } })} />,
  );
const wordsIn = (markup: string): string => markup.replaceAll(/<[^>]+>/g, '');

it('says how many catch-all addresses have which grade, and leads to their rows', () => {
  const markup = shown(GRADED);
  expect(wordsIn(markup)).toMatch(/^1,312 at domains that accept every name: 1,120 likely, 192 uncertain\./);
  expect(markup).toContain('?grade=likely#results');
  expect(markup).not.toContain('?grade=unlikely');
});

it('has no links if the rows are deleted, and shows nothing if there are no such addresses', () => {
  expect(wordsIn(shown(GRADED, { status: 'expired' }))).toContain('1,120 likely');
  expect(shown(GRADED, { status: 'expired' })).not.toContain('href');
  expect(shown({})).toBe('');
});
