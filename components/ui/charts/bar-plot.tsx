'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCount } from '@/lib/platform/numbers';
import { type ChartData, type Datum, fillOf, sumOf, ticksFor, unitWords, valueOf } from './chart-data';

export interface BarPlotProps extends ChartData {
  /** What a screen reader reads when the plot gets the focus. */
  name: string;
  /** `columns` over time, or `rows` to compare. */
  layout: 'columns' | 'rows';
}

const TICK = { fontSize: 12, fill: 'var(--subtle)' };
const AXIS = { axisLine: { stroke: 'var(--hairline)' }, tickLine: false, tick: TICK } as const;
const BAR_MAX_PX = 40;
const LABEL_MAX_CHARS = 18;
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/**
 * Stacked bars with axes and a grid. The values of a bar are shown under the pointer, or by the arrow keys while the plot has the focus.
 * Loaded by `ChartFigure`, which has a table with the same values.
 */
export function BarPlot({ name, series, data, unit, layout }: BarPlotProps) {
  const isColumns = layout === 'columns';
  // The first series is at the top of a column and at the start of a row.
  const stacked = isColumns ? series.toReversed() : series;
  const hasCategories = isColumns || data.length > 1;
  const highest = Math.max(0, ...data.map((datum) => sumOf(datum, series)));
  const ticks = ticksFor(highest);
  const numbers = {
    ...AXIS,
    type: 'number',
    // A single row shows shares of a whole, so it fills the plot.
    domain: [0, hasCategories ? (ticks.at(-1) ?? 0) : highest],
    ticks: hasCategories ? ticks : ticks.filter((tick) => tick <= highest),
    tickFormatter: (value: number) => compact.format(value),
  } as const;
  const categories = {
    ...AXIS,
    type: 'category',
    dataKey: 'key',
    tickFormatter: (key: string) => shortLabel(data, key),
  } as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...data]}
        layout={isColumns ? 'horizontal' : 'vertical'}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        barCategoryGap={isColumns ? '20%' : 6}
        aria-label={`${name} Use the arrow keys to read the values.`}
      >
        <CartesianGrid stroke="var(--hairline)" vertical={!isColumns} horizontal={isColumns} />
        <XAxis {...(isColumns ? categories : numbers)} minTickGap={24} interval="preserveStartEnd" />
        <YAxis
          {...(isColumns ? numbers : categories)}
          width={isColumns ? widthOfNumbers(ticks) : hasCategories ? 'auto' : 1}
          tick={hasCategories ? TICK : false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={({ label, active }) => (
            <Values datum={active ? data.find(({ key }) => key === label) : undefined} series={series} unit={unit} />
          )}
        />
        {stacked.map(({ key, label, color }) => (
          <Bar
            key={key}
            name={label}
            dataKey={(datum: Datum) => valueOf(datum, key)}
            stackId="all"
            fill={fillOf(color)}
            stroke="var(--card)"
            radius={2}
            maxBarSize={BAR_MAX_PX}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

const DIGIT_PX = 7;
const TICK_GAP_PX = 10;

/** The library measures the labels only once, before a phone's layout has its width, and would cut them off. */
const widthOfNumbers = (ticks: readonly number[]): number =>
  TICK_GAP_PX + DIGIT_PX * Math.max(...ticks.map((tick) => compact.format(tick).length));

function shortLabel(data: readonly Datum[], key: string): string {
  const label = data.find((datum) => datum.key === key)?.label ?? key;
  return label.length > LABEL_MAX_CHARS ? `${label.slice(0, LABEL_MAX_CHARS - 1)}…` : label;
}

/** Always in the page, so that a screen reader announces its changes. */
function Values({ datum, series, unit }: Pick<ChartData, 'series' | 'unit'> & { datum: Datum | undefined }) {
  const sum = datum === undefined ? 0 : sumOf(datum, series);
  return (
    <div role="status">
      {datum !== undefined && (
        <div className="rounded-card border border-hairline bg-float px-3 py-2 text-table shadow-float">
          <p className="font-medium">{datum.label}</p>
          <ul className="mt-1 flex flex-col gap-0.5">
            {series.length > 1 &&
              series.map(({ key, label, color }) => (
                <li key={key} className="flex items-center gap-2 tabular-nums">
                  <span data-fill aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: fillOf(color) }} />
                  <span className="text-muted">{label}</span>
                  <span className="ml-auto pl-4">{formatCount(valueOf(datum, key))}</span>
                </li>
              ))}
            <li className="text-muted tabular-nums">
              {formatCount(sum)} {unitWords(sum, unit)}
            </li>
          </ul>
        </div>
      )}
    </div>
  );
}
