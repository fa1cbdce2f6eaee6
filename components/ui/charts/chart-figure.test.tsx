// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { type Datum, fillOf, sumOf, ticksFor } from './chart-data';
import { ChartFigure } from './chart-figure';

const SERIES = [
  { key: 'charged', label: 'Charged', color: 'accent' },
  { key: 'free', label: 'Free', color: 'unknown' },
] as const;
const DATA: readonly Datum[] = [
  { key: '2026-11-22', label: 'Nov 22', values: { charged: 1_200, free: 34 } },
  { key: '2026-11-23', label: 'Nov 23', values: { charged: 7 } },
];
const show = (data: readonly Datum[], series: typeof SERIES | readonly [(typeof SERIES)[0]] = SERIES) =>
  render(
    <ChartFigure
      name="Answers by day."
      heading="Day"
      layout="columns"
      height={100}
      series={series}
      data={data}
      unit={{ one: 'answer', many: 'answers' }}
      empty="No answers in these days"
    />,
  );
const rows = () =>
  within(screen.getByRole('region', { name: 'Table: Answers by day.' }))
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent));

afterEach(cleanup);

describe('a chart', () => {
  it('has a name and a table of all its values, with 0 for a missing one', () => {
    show(DATA);
    expect(screen.getByRole('figure', { name: 'Answers by day.' })).toBeTruthy();
    expect(rows()).toEqual([
      ['Day', 'Charged', 'Free', 'All answers'],
      ['Nov 22', '1,200', '34', '1,234'],
      ['Nov 23', '7', '0', '7'],
    ]);
  });

  it('has a legend with the sum of each series, and no legend for a single series', () => {
    show(DATA);
    expect(
      within(screen.getByRole('list', { name: 'Legend' }))
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Charged1,207', 'Free34']);
    cleanup();
    show(DATA, [SERIES[0]]);
    expect(screen.queryByRole('list', { name: 'Legend' })).toBeNull();
    expect(rows()[1]).toEqual(['Nov 22', '1,200']);
  });

  it('says in words that there is nothing to show', () => {
    show([{ key: 'a', label: 'A', values: { free: 0 } }]);
    expect(screen.getByText('No answers in these days')).toBeTruthy();
    cleanup();
    show(DATA);
    expect(screen.queryByText('No answers in these days')).toBeNull();
  });

  it('has no table of zeros', () => {
    show([{ key: 'a', label: 'A', values: { free: 0 } }]);
    expect(screen.queryByText('Show as table')).toBeNull();
  });

  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [30, [0, 10, 20, 30]],
    [621, [0, 200, 400, 600, 800]],
    [3_220, [0, 1_000, 2_000, 3_000, 4_000]],
    [1_000_000, [0, 500_000, 1_000_000]],
  ])('has an axis of round numbers up to %i', (highest, ticks) => {
    expect(ticksFor(highest)).toEqual(ticks);
  });

  it('takes its colors from the theme', () => {
    expect([fillOf('accent'), fillOf('risky')]).toEqual(['var(--accent)', 'var(--risky-solid)']);
    expect(sumOf({ key: 'a', label: 'A', values: { charged: 1, other: 5 } }, SERIES)).toBe(1);
  });
});
