'use client';

import { CartesianGrid, ComposedChart, ErrorBar, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

/** Shares from 0 to 1: the expected one, the observed one, and the bounds between which the true share lies. */
export interface Interval {
  key: string;
  label: string;
  expected: number;
  seen: number;
  low: number;
  high: number;
}

export interface IntervalPlotProps {
  /** What a screen reader reads when the plot gets the focus. */
  name: string;
  data: readonly Interval[];
}

const TICK = { fontSize: 12, fill: 'var(--subtle)' };
const AXIS = { axisLine: { stroke: 'var(--hairline)' }, tickLine: false, tick: TICK } as const;
const percentWords = (share: number): string => `${Math.round(share * 100)}%`;

/** Expected shares as a dashed line, observed shares as dots with whiskers. The closer the dots are to the line, the better. */
export function IntervalPlot({ name, data }: IntervalPlotProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data.map((one) => ({ ...one, whiskers: [one.seen - one.low, one.high - one.seen] }))}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        aria-label={`${name} Use the arrow keys to read the values.`}
      >
        <CartesianGrid stroke="var(--hairline)" vertical={false} />
        <XAxis {...AXIS} dataKey="label" padding={{ left: 16, right: 16 }} />
        <YAxis {...AXIS} domain={[0, 1]} ticks={[0, 0.25, 0.5, 0.75, 1]} tickFormatter={percentWords} width="auto" />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--control)' }}
          content={({ label, active }) => <Values of={active ? data.find((one) => one.label === label) : undefined} />}
        />
        <Line dataKey="expected" stroke="var(--control)" strokeDasharray="4 4" dot={false} isAnimationActive={false} />
        <Line
          dataKey="seen"
          stroke="var(--accent)"
          strokeWidth={0}
          dot={{ r: 4, fill: 'var(--accent)', strokeWidth: 0 }}
          isAnimationActive={false}
        >
          <ErrorBar dataKey="whiskers" width={6} stroke="var(--accent)" strokeWidth={1.5} />
        </Line>
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** Always in the page, so that a screen reader announces its changes. */
const Values = ({ of }: { of: Interval | undefined }) => (
  <div role="status">
    {of !== undefined && (
      <div className="rounded-card border border-hairline bg-float px-3 py-2 text-table tabular-nums shadow-float">
        <p className="font-medium">{of.label}</p>
        <p className="text-muted">predicted {percentWords(of.expected)}</p>
        <p className="text-muted">
          observed {percentWords(of.seen)}, between {percentWords(of.low)} and {percentWords(of.high)}
        </p>
      </div>
    )}
  </div>
);
