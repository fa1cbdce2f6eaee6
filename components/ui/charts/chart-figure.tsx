'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { formatCount } from '@/lib/platform/numbers';
import { Skeleton } from '../skeleton';
import { NoPlot } from './no-plot';
import type { BarPlotProps } from './bar-plot';
import { type ChartData, fillOf, type Series, sumOf, unitWords, valueOf } from './chart-data';

// The library is large. Only pages with a chart load it, after the page itself.
const BarPlot = dynamic(() => import('./bar-plot').then((loaded) => loaded.BarPlot).catch(() => NoPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

interface ChartFigureProps extends BarPlotProps {
  /** The header of the table's first column. */
  heading: string;
  /** In pixels. The space is reserved while the chart loads. */
  height: number;
  /** Off when the figures are shown beside the chart. */
  hasLegend?: boolean;
  /** Shown instead of a plot if there is nothing to show. */
  empty?: string;
  /** Replaces the table that unfolds, on pages with a more detailed one. */
  table?: ReactNode;
}

/** A chart with its legend, and the same values as a table for people who can't see bars. */
export function ChartFigure({ heading, height, hasLegend = true, empty, table, ...plot }: ChartFigureProps) {
  const { series, data } = plot;
  const isEmpty = data.every((datum) => sumOf(datum, series) === 0);
  return (
    <figure aria-label={plot.name}>
      {hasLegend && series.length > 1 && <Legend series={series} data={data} />}
      <div style={{ height }}>
        {isEmpty && empty !== undefined ? (
          <p className="grid h-full place-items-center rounded-card bg-sunken text-center text-table text-muted">{empty}</p>
        ) : (
          <BarPlot {...plot} />
        )}
      </div>
      {isEmpty && empty !== undefined ? null : (table ?? <TableTwin heading={heading} {...plot} />)}
    </figure>
  );
}

const Legend = ({ series, data }: { series: readonly Series[]; data: ChartData['data'] }) => (
  <ul aria-label="Legend" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-table">
    {series.map(({ key, label, color }) => (
      <li key={key} className="flex items-center gap-1.5">
        <span data-fill aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: fillOf(color) }} />
        <span className="text-muted">{label}</span>
        <span className="font-medium tabular-nums">{formatCount(data.reduce((sum, datum) => sum + valueOf(datum, key), 0))}</span>
      </li>
    ))}
  </ul>
);

const CELL = 'py-1.5 pl-4 text-right whitespace-nowrap';

function TableTwin({ heading, name, series, data, unit }: ChartData & { heading: string; name: string }) {
  const hasSum = series.length > 1;
  return (
    <details className="mt-3 text-table">
      <summary className="inline-block rounded-control text-muted underline-offset-2 hover:text-fg hover:underline">
        Show as table
      </summary>
      <div role="region" aria-label={`Table: ${name}`} tabIndex={0} className="mt-2 max-h-72 overflow-auto -outline-offset-2">
        <table className="w-full text-left tabular-nums">
          <thead>
            <tr className="text-muted">
              <th scope="col" className="py-1.5 pr-4 font-medium">
                {heading}
              </th>
              {series.map(({ key, label }) => (
                <th key={key} scope="col" className={`${CELL} font-medium`}>
                  {label}
                </th>
              ))}
              {hasSum && (
                <th scope="col" className={`${CELL} font-medium`}>
                  All {unitWords(0, unit)}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {data.map((datum) => (
              <tr key={datum.key} className="border-t border-hairline">
                <th scope="row" className="py-1.5 pr-4 font-normal whitespace-nowrap">
                  {datum.label}
                </th>
                {series.map(({ key }) => (
                  <td key={key} className={CELL}>
                    {formatCount(valueOf(datum, key))}
                  </td>
                ))}
                {hasSum && <td className={CELL}>{formatCount(sumOf(datum, series))}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
