import { ChartNoAxesColumn } from 'lucide-react';
import Link from 'next/link';
import { DayChart } from '@/components/usage/day-chart';
import { KeyShares } from '@/components/usage/key-shares';
import { VerdictShares } from '@/components/usage/verdict-shares';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { Scope } from '@/lib/platform/scope';
import type { DayRange, UsageGroup, UsageReport } from '@/lib/credits/rules/usage';
import { getUsage } from '@/lib/credits/usage';

/** Credits for the chosen days: by day, by key, and by status and reason. */
export async function UsageCharts({ scope, range }: { scope: Scope; range: DayRange }) {
  const read = (by: UsageGroup) => readUsage(scope, range, by);
  const [days, keys, reasons] = await Promise.all([read('day'), read('key'), read('reason')]);
  if (days.totals.answers === 0) return <NothingAnswered />;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <div className="lg:col-span-2">
        <DayChart rows={days.rows} totals={days.totals} />
      </div>
      <VerdictShares rows={reasons.rows} totals={reasons.totals} />
      <KeyShares rows={keys.rows} />
    </div>
  );
}

async function readUsage(scope: Scope, range: DayRange, by: UsageGroup): Promise<UsageReport> {
  const usage = await getUsage(scope, { ...range, by });
  if (!usage.ok) throw usage.error;
  return usage.value;
}

const NothingAnswered = () => (
  <Card padded={false}>
    <EmptyState
      icon={<ChartNoAxesColumn aria-hidden="true" />}
      title="No answers in these days"
      description="Each answer is counted here the moment it is final, with what it cost."
      actions={
        <Button asChild variant="secondary">
          <Link href="/verify">Verify an address</Link>
        </Button>
      }
    />
  </Card>
);
