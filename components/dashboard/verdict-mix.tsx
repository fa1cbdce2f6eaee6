import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { ChartFigure } from '@/components/ui/charts/chart-figure';
import { VERDICT_SERIES } from '@/components/verification/verdict-series';
import type { UsageReport } from '@/lib/credits/rules/usage';
import { plural } from '@/lib/platform/numbers';

const dayLabel = (day: string): string =>
  new Date(day).toLocaleDateString('en-US', { day: 'numeric', month: 'short', timeZone: 'UTC' });

interface VerdictMixProps {
  usage: UsageReport;
  /** Shown instead of bars if there are no answers. */
  empty: string;
}

/** The verdicts of the last days, one stacked column per day. */
export function VerdictMix({ usage: { rows, totals, from, to }, empty }: VerdictMixProps) {
  return (
    <Card
      title={`Verdicts, last ${rows.length} days`}
      {...(totals.answers > 0 && {
        description: `${plural(totals.answers, 'answer')}, lists included, for ${plural(totals.credits, 'credit')}`,
      })}
      actions={
        <Link
          href={`/usage?from=${from}&to=${to}`}
          className="rounded-control text-table text-accent underline-offset-2 hover:underline"
        >
          Usage
        </Link>
      }
      className="h-full"
    >
      <ChartFigure
        name={`Verdicts by day, ${dayLabel(from)} to ${dayLabel(to)}: ${plural(totals.answers, 'answer')}.`}
        heading="Day"
        layout="columns"
        height={176}
        series={VERDICT_SERIES}
        data={rows.map(({ group, counts }) => ({ key: group, label: dayLabel(group), values: counts }))}
        unit={{ one: 'answer', many: 'answers' }}
        empty={empty}
      />
    </Card>
  );
}
