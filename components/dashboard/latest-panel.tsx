import Link from 'next/link';
import { VerificationTable } from '@/components/history/verification-table';
import { Card } from '@/components/ui/card';
import type { VerificationSummary } from '@/lib/verdict/verification';

export function LatestPanel({ items }: { items: readonly VerificationSummary[] }) {
  return (
    <Card
      title="Latest single checks"
      padded={false}
      actions={
        <Link href="/verifications" className="rounded-control text-table text-accent underline-offset-2 hover:underline">
          History
        </Link>
      }
    >
      <VerificationTable items={items} label="Latest single checks" />
    </Card>
  );
}
