// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ChartFigure } from './chart-figure';

vi.mock('./bar-plot', () => Promise.reject(new Error('the server is away')));

afterEach(cleanup);

it('a chart whose library can’t be loaded leaves the page and the table as they are', async () => {
  render(
    <ChartFigure
      name="Answers by day."
      heading="Day"
      layout="columns"
      height={100}
      series={[{ key: 'free', label: 'Free', color: 'unknown' }]}
      data={[{ key: '2026-11-22', label: 'Nov 22', values: { free: 34 } }]}
      unit={{ one: 'answer', many: 'answers' }}
    />,
  );
  expect(await screen.findByText(/The chart could not be loaded/)).toBeDefined();
  expect(screen.getByRole('rowheader', { name: 'Nov 22', hidden: true })).toBeDefined();
});
