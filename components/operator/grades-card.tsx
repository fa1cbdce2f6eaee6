import { Card } from '@/components/ui/card';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { GRADE_LABEL } from '@/components/verification/grade-copy';
import { formatCount } from '@/lib/platform/numbers';
import type { GradeShare } from '@/lib/verifications/rules/calibration';
import { percent } from './percent';

const share = (value: number | null): string => (value === null ? '–' : percent(value));

/** What became of mail to catch-all addresses, by the grade they had. A grade without reports has no figure. */
export function GradesCard({ grades }: { grades: readonly GradeShare[] }) {
  const outcomes = grades.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card
      title="Grades of catch-all answers"
      description={
        outcomes === 0
          ? 'No outcomes of catch-all answers have been reported yet, so every grade is an estimate.'
          : `${formatCount(outcomes)} outcomes reported. Grades are good where the share falls from one to the next.`
      }
      padded={false}
    >
      {outcomes > 0 && (
        <Table label="Taken without a hard bounce, by grade">
          <thead>
            <tr>
              <Th>Grade</Th>
              <Th className="text-right">Outcomes</Th>
              <Th className="text-right">Without a hard bounce</Th>
              <Th className="text-right">95% between</Th>
            </tr>
          </thead>
          <tbody>
            {grades.map(({ grade, count, observed, low, high }) => (
              <Tr key={grade}>
                <Td>{GRADE_LABEL[grade]}</Td>
                <Td className="text-right tabular-nums">{formatCount(count)}</Td>
                <Td className="text-right tabular-nums">{share(observed)}</Td>
                <Td className="text-right whitespace-nowrap tabular-nums">
                  {count === 0 ? '–' : `${share(low)}–${share(high)}`}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
