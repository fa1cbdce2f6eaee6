import { Card } from '@/components/ui/card';
import { ChartFigure } from '@/components/ui/charts/chart-figure';
import { reasonLabel } from '@/components/verification/reason-sentence';
import { VERDICT_SERIES } from '@/components/verification/verdict-series';
import type { UsageReport } from '@/lib/credits/rules/usage';
import { isReason } from '@/lib/verdict/verdict';
import { ShareTable } from './share-table';

/** The answers: one bar by status, and every reason with what it cost. */
export function VerdictShares({ rows, totals }: Pick<UsageReport, 'rows' | 'totals'>) {
  const reasons = rows.map(({ group, answers, credits }) => ({
    key: group,
    name: reasonLabel(isReason(group) ? group : null),
    answers,
    credits,
  }));
  return (
    <Card title="By status and reason" className="h-full">
      <ChartFigure
        name="Answers by status in these days."
        heading="Days"
        layout="rows"
        height={72}
        series={VERDICT_SERIES}
        data={[{ key: 'all', label: 'All of these days', values: totals.counts }]}
        unit={{ one: 'answer', many: 'answers' }}
        table={<ShareTable label="Answers by reason" heading="Reason" rows={reasons} />}
      />
    </Card>
  );
}
