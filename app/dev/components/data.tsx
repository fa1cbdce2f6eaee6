import { Card } from '@/components/ui/card';
import { ChartFigure } from '@/components/ui/charts/chart-figure';
import { IntervalFigure } from '@/components/ui/charts/interval-figure';
import { CodeBlock } from '@/components/ui/code-block';
import { LocalTime } from '@/components/ui/local-time';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import { VERDICT_SERIES } from '@/components/verification/verdict-series';
import { FINAL_STATUSES } from '@/lib/verdict/verdict';
import { Shelf, Specimen } from './shelf';

const DAY = '2026-11-23T12:00:00.000Z';
const DAYS = Array.from({ length: 14 }, (_, at) => ({
  key: `2026-11-${at + 10}`,
  label: `Nov ${at + 10}`,
  values: { deliverable: (at * 7) % 40, risky: (at * 5) % 9, unknown: at % 4, undeliverable: (at * 3) % 12 },
}));
const BINS = [10, 30, 50, 70, 90].map((score, at) => ({
  key: String(score),
  label: `${score - 10}–${score + 10}`,
  expected: score / 100,
  seen: score / 100 + (at % 2 === 0 ? 0.04 : -0.03),
  low: Math.max(0, score / 100 - 0.08),
  high: Math.min(1, score / 100 + 0.1),
}));
const UNIT = { one: 'answer', many: 'answers' };

export const Data = () => (
  <Shelf id="data" title="Data">
    <Card title="Columns over time">
      <ChartFigure
        name="Specimen: verdicts by day."
        heading="Day"
        layout="columns"
        height={176}
        series={VERDICT_SERIES}
        data={DAYS}
        unit={UNIT}
      />
    </Card>
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Rows that are compared">
        <ChartFigure
          name="Specimen: verdicts by provider."
          heading="Provider"
          layout="rows"
          height={128}
          series={VERDICT_SERIES}
          data={DAYS.slice(3, 6).map((day, at) => ({
            ...day,
            label: ['Gmail', 'Outlook', 'A rather long provider’s name'][at] ?? '',
          }))}
          unit={UNIT}
        />
      </Card>
      <Card title="Nothing to show">
        <ChartFigure
          name="Specimen: an empty chart."
          heading="Day"
          layout="columns"
          height={128}
          series={VERDICT_SERIES}
          data={[]}
          unit={UNIT}
          empty="No answers in these 14 days"
        />
      </Card>
    </div>
    <Card title="Predicted and observed" padded={false}>
      <IntervalFigure name="Specimen: predicted and observed." data={BINS}>
        <p className="px-4 pb-4 text-table text-muted sm:px-5">The table with the same values stands here.</p>
      </IntervalFigure>
    </Card>
    <Card title="Table" description="Rows lead to what they are about." padded={false} footer="A legend stands here.">
      <Table label="Specimen table">
        <thead>
          <tr>
            <Th>Address</Th>
            <Th>Verdict</Th>
            <Th className="text-right">When</Th>
          </tr>
        </thead>
        <tbody>
          {FINAL_STATUSES.map((status) => (
            <Tr key={status}>
              <Td className="w-full max-w-0 min-w-28 truncate font-mono">{status}@example.com</Td>
              <Td>
                <VerdictBadge status={status} />
              </Td>
              <Td className="text-right whitespace-nowrap text-muted">
                <RelativeTime iso={DAY} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
    <Specimen name="Code and times">
      <div className="w-full">
        <CodeBlock
          label="A request"
          code={'curl https://example.org/v1/verify/single \\\n  -d \'{"email": "alice@example.com"}\''}
        />
      </div>
      <LocalTime iso={DAY} show="both" />
    </Specimen>
  </Shelf>
);
