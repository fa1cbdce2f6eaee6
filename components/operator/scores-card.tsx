import { Card } from '@/components/ui/card';
import { IntervalFigure } from '@/components/ui/charts/interval-figure';
import type { Interval } from '@/components/ui/charts/interval-plot';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import {
  CALIBRATION_MIN_HARD_BOUNCES,
  CALIBRATION_MIN_OUTCOMES,
  type CalibrationReport,
  type ReliabilityBin,
} from '@/lib/verifications/rules/calibration';
import { formatCount } from '@/lib/platform/numbers';
import { percent } from './percent';

const share = (value: number | null): string => (value === null ? '–' : percent(value));
const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** How well the scores match what became of the mail. There is no figure if nothing was reported. */
export function ScoresCard({ report }: { report: CalibrationReport }) {
  return (
    <Card title="Scores" description={standingOf(report)} padded={false} footer={<Legend />}>
      {report.outcomes > 0 && (
        <>
          <dl className="grid grid-cols-2 gap-4 px-4 pb-4 sm:grid-cols-4 sm:px-5">
            <Figure name="Taken without a hard bounce" value={share(report.baseRate)} />
            <Figure name="Brier score" value={figure(report.brier)} />
            <Figure name="Skill over the average" value={figure(report.skill)} />
            <Figure name="Calibration error" value={share(report.calibrationError)} />
          </dl>
          <IntervalFigure
            name="Predicted and observed shares without a hard bounce, by score."
            data={report.bins.flatMap(intervalOf)}
          >
            <ReliabilityTable bins={report.bins.filter((bin) => bin.count > 0)} />
          </IntervalFigure>
        </>
      )}
    </Card>
  );
}

/** An empty bin has no interval. */
function intervalOf({ from, to, predicted, observed, low, high }: ReliabilityBin): Interval[] {
  if (predicted === null || observed === null || low === null || high === null) return [];
  const label = `${from}–${to}`;
  return [{ key: label, label, expected: predicted, seen: observed, low, high }];
}

function standingOf({ outcomes, hardBounces, isEnough }: CalibrationReport): string {
  if (outcomes === 0) return 'No outcomes have been reported yet, so every score is an estimate.';
  const told = `${formatCount(outcomes)} outcomes reported, ${formatCount(hardBounces)} of them hard bounces.`;
  const needed = `${formatCount(CALIBRATION_MIN_OUTCOMES)} outcomes and ${formatCount(CALIBRATION_MIN_HARD_BOUNCES)} hard bounces`;
  return isEnough ? told : `${told} Scores stay estimates until there are ${needed}.`;
}

const Legend = () => (
  <>
    A score is the chance, in percent, that mail would not hard-bounce. It is good where what was observed follows what was
    predicted; a Brier score of 0 is perfect, 0.25 is a coin flip.
  </>
);

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt className="text-meta text-muted">{name}</dt>
    <dd className="text-body font-medium tabular-nums">{value}</dd>
  </div>
);

function ReliabilityTable({ bins }: { bins: readonly ReliabilityBin[] }) {
  return (
    <Table label="Predicted and observed, by score">
      <thead>
        <tr>
          <Th>Score</Th>
          {['Outcomes', 'Predicted', 'Observed', '95% between'].map((name) => (
            <Th key={name} className="text-right">
              {name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bins.map(({ from, to, count: outcomes, predicted, observed, low, high }) => (
          <Tr key={from}>
            <Td className="tabular-nums">
              {from}–{to}
            </Td>
            <Td className="text-right tabular-nums">{formatCount(outcomes)}</Td>
            <Td className="text-right tabular-nums">{share(predicted)}</Td>
            <Td className="text-right tabular-nums">{share(observed)}</Td>
            <Td className="text-right whitespace-nowrap tabular-nums">
              {share(low)}–{share(high)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
