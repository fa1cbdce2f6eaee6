import Link from 'next/link';
import { Card } from '@/components/ui/card';
import type { UsageRow } from '@/lib/credits/rules/usage';
import { ShareTable } from './share-table';

/** Who asked: each key, and the app, which asks without one. */
export function KeyShares({ rows }: { rows: readonly UsageRow[] }) {
  const keys = rows.map(({ group, label, answers, credits }) => ({
    key: group,
    name: group === '' ? 'In the app, without a key' : <KeyName id={group} name={label} />,
    answers,
    credits,
    fill: 'bg-accent',
  }));
  return (
    <Card title="By key" className="h-full">
      <ShareTable label="Answers by key" heading="Key" rows={keys} />
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
