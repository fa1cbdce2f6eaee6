// A chart's content as plain values: pages rendered on the server can pass them on, and the table beside the chart uses the same.

/** Named by role, so that a chart follows the theme. */
export type ChartColor = 'accent' | 'deliverable' | 'risky' | 'unknown' | 'undeliverable' | 'pending';

export interface Series {
  key: string;
  label: string;
  color: ChartColor;
}

export interface Datum {
  key: string;
  label: string;
  /** By series key; a missing series counts as 0. */
  values: Readonly<Record<string, number>>;
}

export interface ChartData {
  series: readonly Series[];
  data: readonly Datum[];
  /** What is counted, as in "1 answer", "2 answers". */
  unit: { one: string; many: string };
}

const FILLS: Record<ChartColor, string> = {
  accent: 'var(--accent)',
  deliverable: 'var(--deliverable-solid)',
  risky: 'var(--risky-solid)',
  unknown: 'var(--unknown-solid)',
  undeliverable: 'var(--undeliverable-solid)',
  pending: 'var(--pending-solid)',
};
export const fillOf = (color: ChartColor): string => FILLS[color];

export const valueOf = ({ values }: Datum, key: string): number => values[key] ?? 0;

export const sumOf = (datum: Datum, series: readonly Series[]): number =>
  series.reduce((sum, { key }) => sum + valueOf(datum, key), 0);

const STEPS = [1, 2, 5, 10];
const STEPS_TO_TOP = 4;

/** The labels of an axis: round numbers from 0, the last of which is the first that no bar exceeds. */
export function ticksFor(highest: number): number[] {
  const rough = Math.max(1, highest / STEPS_TO_TOP);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((factor) => factor * power >= rough) ?? 1);
  return Array.from({ length: Math.max(1, Math.ceil(highest / step)) + 1 }, (_, at) => at * step);
}

export const unitWords = (count: number, { one, many }: ChartData['unit']): string => (count === 1 ? one : many);
