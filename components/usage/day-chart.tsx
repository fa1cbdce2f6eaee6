import { Card } from '@/components/ui/card';
import { ChartFigure } from '@/components/ui/charts/chart-figure';
import type { UsageReport } from '@/lib/credits/rules/usage';
import { plural } from '@/lib/platform/numbers';

const dayLabel = (day: string): string =>
  new Date(day).toLocaleDateString('en-US', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Charged and free answers are separate series, so that a column's height is the number of answers. */
const SERIES = [
  { key: 'charged', label: 'Charged, a credit each', color: 'accent' },
  { key: 'free', label: 'Free', color: 'unknown' },
] as const;

/** Answers per day, and how many of them were charged. */
export function DayChart({ rows, totals }: Pick<UsageReport, 'rows' | 'totals'>) {
  const words = `${plural(totals.credits, 'credit')} for ${plural(totals.answers, 'answer')}`;
  return (
    <Card title="By day" description={`${words} in ${plural(rows.length, 'day')} (UTC)`}>
      <ChartFigure
        name={`Answers by day: ${words} in ${plural(rows.length, 'day')}.`}
        heading="Day"
        layout="columns"
        height={208}
        series={SERIES}
        data={rows.map(({ group, answers, credits }) => ({
          key: group,
          label: dayLabel(group),
          values: { charged: Math.min(credits, answers), free: Math.max(0, answers - credits) },
        }))}
        unit={{ one: 'answer', many: 'answers' }}
      />
    </Card>
  );
}
