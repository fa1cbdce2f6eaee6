import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { ChartFigure } from '@/components/ui/charts/chart-figure';
import type { UsageRow } from '@/lib/credits/rules/usage';
import { ShareTable } from './share-table';

/** How many keys get a bar; the table has all of them. */
const BARS = 8;
const ROW_PX = 28;
const SERIES = [{ key: 'answers', label: 'Answers', color: 'accent' }] as const;
const NO_KEY = 'In the app, without a key';

/** Who asked: each key, and the app, which has no key. */
export function KeyShares({ rows }: { rows: readonly UsageRow[] }) {
  const keys = rows.map(({ group, label, answers, credits }) => ({
    key: group,
    name: group === '' ? NO_KEY : <KeyName id={group} name={label} />,
    answers,
    credits,
  }));
  const bars = rows.slice(0, BARS);
  return (
    <Card title="By key" className="self-start">
      <ChartFigure
        name="Answers by key in these days."
        heading="Key"
        layout="rows"
        height={44 + bars.length * ROW_PX}
        series={SERIES}
        data={bars.map(({ group, label, answers }) => ({
          key: group === '' ? 'app' : group,
          label: group === '' ? 'In the app' : (label ?? group),
          values: { answers },
        }))}
        unit={{ one: 'answer', many: 'answers' }}
        table={<ShareTable label="Answers by key" heading="Key" rows={keys} />}
      />
    </Card>
  );
}

const KeyName = ({ id, name }: { id: string; name: string | null }) =>
  name === null ? (
    <span className="font-mono">{id}</span>
  ) : (
    <Link href="/keys" className="rounded-control hover:text-accent hover:underline hover:underline-offset-2">
      {name}
    </Link>
  );
