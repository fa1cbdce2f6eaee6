import Link from 'next/link';
import type { Metadata } from 'next';
import { Suspense, type ReactNode } from 'react';
import { CreditsPanel } from '@/components/dashboard/credits-panel';
import { FirstSteps } from '@/components/dashboard/first-steps';
import { LatestPanel } from '@/components/dashboard/latest-panel';
import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { VerdictMix } from '@/components/dashboard/verdict-mix';
import { RowKeys } from '@/components/history/row-keys';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { ListsRefresh } from '@/components/lists/lists-refresh';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { FreeCreditsNote } from '@/components/credits/free-credits-note';
import { PageHeader } from '@/components/ui/page-header';
import { getFreeCreditsState } from '@/lib/credits/free-credits';
import { requireSession } from '@/lib/accounts/web/session';
import { sandboxDomain } from '@/lib/verdict/sandbox-catalog';
import { env } from '@/lib/platform/env';
import { DASHBOARD_DAYS } from '@/lib/platform/limits';
import type { ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { getDashboard, listDashboardLists } from '@/lib/dashboard/dashboard';
import { ListTable } from '@/components/lists/list-table';

export const metadata: Metadata = { title: 'Dashboard' };

type Loading = ReturnType<typeof getDashboard>;
type LoadingLists = ReturnType<typeof listDashboardLists>;

export default async function DashboardPage() {
  const session = await requireSession();
  const dashboard = getDashboard(session.scope);
  // Each panel awaits it and shows its own failure. Without this line, a failure before the first await would end the process.
  dashboard.catch(() => undefined);
  const lists = listDashboardLists(session.scope);
  lists.catch(() => undefined);
  return (
    <div className="group/page">
      <PageHeader title="Dashboard" actions={<VerifyButton />} />
      <div className="flex flex-col gap-4">
        <FreeCreditsNote state={await getFreeCreditsState(session.scope)} />
        <Panel message="The first steps could not be loaded." fallback={null} className="empty:hidden">
          <Steps loading={dashboard} />
        </Panel>
        <div className="grid gap-4 lg:grid-cols-3">
          <Panel message="The credits could not be loaded.">
            <Credits loading={dashboard} />
          </Panel>
          <Panel message="The verdicts could not be loaded." fallback={<PanelSkeleton holds="chart" />} className="lg:col-span-2">
            <Mix loading={dashboard} loadingLists={lists} />
          </Panel>
        </div>
        <Panel message="The lists could not be loaded." fallback={null} className="empty:hidden">
          <LastLists loading={lists} />
        </Panel>
        <Panel message="The latest checks could not be loaded." fallback={<LatestSkeleton />} className="empty:hidden">
          <Latest loading={dashboard} />
        </Panel>
      </div>
      <RowKeys />
    </div>
  );
}

interface PanelProps {
  message: string;
  fallback?: ReactNode;
  className?: string;
  children: ReactNode;
}

const Panel = ({ message, fallback = <PanelSkeleton />, className, children }: PanelProps) => (
  <div className={className}>
    <ErrorBoundary message={message}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </ErrorBoundary>
  </div>
);

async function Credits({ loading }: { loading: Loading }) {
  const { credits } = await loading;
  const { available, held, sources, next } = credits;
  return <CreditsPanel available={available} held={held} sources={sources} next={next} />;
}

async function Mix({ loading, loadingLists }: { loading: Loading; loadingLists: LoadingLists }) {
  const { usage } = await loading;
  // The lists have their own panel, which shows their failure. Without them the chart still shows what it knows.
  const lists = await loadingLists.catch(() => []);
  return <VerdictMix usage={usage} empty={emptyWords(lists)} />;
}

const AT_WORK: readonly ListStatus[] = ['uploading', 'parsing', 'queued', 'running'];
const isAtWork = ({ status }: ListView): boolean => AT_WORK.includes(status);

/** Never says "nothing" above a list that is running. */
function emptyWords(lists: readonly ListView[]): string {
  const running = lists.find((list) => isAtWork(list) && !list.test);
  if (running !== undefined) return `“${running.name}” is running: its answers appear here as they come in`;
  return `No answers in these ${DASHBOARD_DAYS} days`;
}

async function Steps({ loading }: { loading: Loading }) {
  const { firstSteps } = await loading;
  if (firstSteps === null) return null;
  return <FirstSteps steps={firstSteps} sample={env().MAIL_SANDBOX === 'on' ? `alice@${sandboxDomain('deliverable')}` : null} />;
}

async function LastLists({ loading }: { loading: LoadingLists }) {
  const items = await loading;
  if (items.length === 0) return null;
  return (
    <>
      <LastListsPanel items={items} />
      <ListsRefresh isActive={items.some(isAtWork)} />
    </>
  );
}

async function Latest({ loading }: { loading: Loading }) {
  const { latest } = await loading;
  return latest.length === 0 ? null : <LatestPanel items={latest} />;
}

const LatestSkeleton = () => (
  <Card padded={false}>
    <TableSkeleton rows={5} />
  </Card>
);

/** While there are first steps, the next of them is the page's main action. */
const VerifyButton = () => (
  <Button asChild className="group-has-data-first-steps/page:hidden">
    <Link href="/verify">Verify an address</Link>
  </Button>
);

/** Open lists first, then the newest of the others. */
function LastListsPanel({ items }: { items: readonly ListView[] }) {
  return (
    <Card
      title="Lists"
      padded={false}
      actions={
        <Link href="/lists" className="rounded-control text-table text-accent underline-offset-2 hover:underline">
          All lists
        </Link>
      }
    >
      <ListTable items={items} label="Lists" />
    </Card>
  );
}
