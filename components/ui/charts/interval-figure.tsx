'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Skeleton } from '../skeleton';
import { NoPlot } from './no-plot';
import type { IntervalPlotProps } from './interval-plot';

const IntervalPlot = dynamic(() => import('./interval-plot').then((loaded) => loaded.IntervalPlot).catch(() => NoPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** `children`: the same values as a table, shown below. */
export const IntervalFigure = ({ children, ...plot }: IntervalPlotProps & { children: ReactNode }) => (
  <figure aria-label={plot.name}>
    <div className="h-52 px-4 pb-4 sm:px-5">
      <IntervalPlot {...plot} />
    </div>
    {children}
  </figure>
);
