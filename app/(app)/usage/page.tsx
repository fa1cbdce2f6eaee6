import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { Suspense, type ReactNode } from 'react';
import { RowKeys } from '@/components/history/row-keys';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { AllowancesPanel } from '@/components/usage/allowances-panel';
import { BalancePanel } from '@/components/usage/balance-panel';
import { LowMarkDialog } from '@/components/usage/low-mark-dialog';
import { RangeForm } from '@/components/usage/range-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import type { Scope } from '@/lib/platform/scope';
import { getAllowances } from '@/lib/dashboard/dashboard';
import { getCreditsOverview } from '@/lib/credits/usage';
import { changeLowMark } from './_actions';
import { LedgerSection } from './ledger-section';
import { UsageCharts } from './usage-charts';
import { parseUsageSearch, usageQuery } from './usage-search';

export const metadata: Metadata = { title: 'Usage' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function UsagePage({ searchParams }: Props) {
  const { scope } = await requireSession();
  const today = new Date();
  const search = parseUsageSearch(await searchParams, today);
  const { range } = search;
  return (
    <>
      <PageHeader title="Usage" description="Your balance, your answers, and the reason for every credit that moved." />
      <div className="flex flex-col gap-8">
        <Panel message="The balance could not be loaded." fallback={<PanelSkeleton />}>
          <Balance scope={scope} />
        </Panel>
        <div>
          <SectionHead id="answers" title="Answers and credits">
            <CsvLink href={`/api/usage/days?from=${range.from}&to=${range.to}`} label="Usage as CSV" />
          </SectionHead>
          <RangeForm range={range} today={today} />
          <Panel
            key={`${range.from}${range.to}`}
            message="The usage could not be loaded."
            fallback={<PanelSkeleton holds="chart" />}
          >
            <UsageCharts scope={scope} range={range} />
          </Panel>
        </div>
        <div>
          <SectionHead id="limits" title="Storage and limits" />
          <Panel message="The limits could not be loaded." fallback={<PanelSkeleton />}>
            <Allowances scope={scope} />
          </Panel>
        </div>
        <div>
          <SectionHead id="ledger" title="Ledger">
            <CsvLink href={`/api/usage/ledger${search.kind === undefined ? '' : `?kind=${search.kind}`}`} label="Ledger as CSV" />
          </SectionHead>
          <Panel
            key={usageQuery({ ...search, open: undefined })}
            message="The ledger could not be loaded."
            fallback={<LedgerSkeleton />}
          >
            <LedgerSection scope={scope} search={search} />
          </Panel>
        </div>
      </div>
      <RowKeys />
    </>
  );
}

const Panel = ({ message, fallback, children }: { message: string; fallback: ReactNode; children: ReactNode }) => (
  <ErrorBoundary message={message}>
    <Suspense fallback={fallback}>{children}</Suspense>
  </ErrorBoundary>
);

const SectionHead = ({ id, title, children }: { id: string; title: string; children?: ReactNode }) => (
  <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
    <h2 id={id} className="text-section font-semibold tracking-tight">
      {title}
    </h2>
    {children}
  </div>
);

/** A plain link: the browser saves the file without leaving the page. */
const CsvLink = ({ href, label }: { href: string; label: string }) => (
  <Button asChild variant="secondary" size="sm">
    <a href={href} download>
      <Download aria-hidden="true" className="size-3.5" />
      {label}
    </a>
  </Button>
);

const LedgerSkeleton = () => (
  <Card padded={false}>
    <TableSkeleton rows={8} />
  </Card>
);

async function Allowances({ scope }: { scope: Scope }) {
  return <AllowancesPanel view={await getAllowances(scope)} />;
}

async function Balance({ scope }: { scope: Scope }) {
  const { chosenMark, ...overview } = await getCreditsOverview(scope);
  return <BalancePanel {...overview} markAction={<LowMarkDialog chosen={chosenMark} change={changeLowMark} />} />;
}
