import type { Metadata } from 'next';
import { type ReactNode, Suspense } from 'react';
import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { DisputesCard } from '@/components/operator/disputes-card';
import { LiveRefresh } from '@/components/ui/live-refresh';
import { QueueCard } from '@/components/operator/queue-card';
import { GradesCard } from '@/components/operator/grades-card';
import { ScoresCard } from '@/components/operator/scores-card';
import { WorkersCard } from '@/components/operator/workers-card';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { listDisputes } from '@/lib/billing/reversals';
import { getQueue, listWorkers } from '@/lib/operator/operator';
import { requireOperator } from '@/lib/operator/web/require-operator';
import { getCalibration } from '@/lib/verifications/feedback';
import { HealthSection } from './health-section';
import { parseOperatorSearch } from './operator-search';

/** The title is for operators only, too. */
export async function generateMetadata(): Promise<Metadata> {
  await requireOperator();
  return { title: 'Operator' };
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** This page has no loading.tsx on purpose: it would start a 200 answer before we know who is asking. */
export default async function OperatorPage({ searchParams }: Props) {
  await requireOperator();
  const search = parseOperatorSearch(await searchParams);
  return (
    <>
      <PageHeader
        title="Operator"
        description="The whole installation, over all workspaces. Nothing can be changed here."
        actions={<LiveRefresh />}
      />
      <div className="flex flex-col gap-6">
        <Panel message="The workers could not be loaded.">
          <Workers />
        </Panel>
        <Panel message="The queue could not be loaded.">
          <Queue />
        </Panel>
        <Panel message="The disputes could not be loaded.">
          <Disputes />
        </Panel>
        <Panel message="The sending identities could not be loaded.">
          <HealthSection search={search} />
        </Panel>
        <Panel message="The scores could not be assessed.">
          <Scores />
        </Panel>
      </div>
    </>
  );
}

const Panel = ({ message, children }: { message: string; children: ReactNode }) => (
  <ErrorBoundary message={message}>
    <Suspense fallback={<PanelSkeleton />}>{children}</Suspense>
  </ErrorBoundary>
);

const Workers = async () => <WorkersCard {...await listWorkers()} />;

async function Scores() {
  const report = await getCalibration();
  return (
    <>
      <ScoresCard report={report} />
      <GradesCard grades={report.grades} />
    </>
  );
}

const Disputes = async () => <DisputesCard disputes={await listDisputes()} />;

const Queue = async () => <QueueCard tasks={await getQueue()} />;
