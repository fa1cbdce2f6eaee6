import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense, type ReactNode } from 'react';
import { CreditsPanel } from '@/components/dashboard/credits-panel';
import { FirstSteps } from '@/components/dashboard/first-steps';
import { LastListsPanel } from '@/components/dashboard/last-lists-panel';
import { LatestPanel } from '@/components/dashboard/latest-panel';
import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { VerdictMix } from '@/components/dashboard/verdict-mix';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/auth/session';
import { planOf } from '@/lib/domain/plans';
import { sandboxDomain } from '@/lib/domain/sandbox-catalogue';
import { env } from '@/lib/env';
import { getDashboard } from '@/lib/services/get-dashboard';
import { listLists } from '@/lib/services/lists/list-lists';

export const metadata: Metadata = { title: 'Dashboard' };

type Loading = ReturnType<typeof getDashboard>;
type LoadingLists = ReturnType<typeof listLists>;

const LAST_LISTS = 5;

export default async function DashboardPage() {
  const session = await requireSession();
  const dashboard = getDashboard(session.scope);
  // Each panel awaits it and shows its own failure; without this line a failure before the first await would end the process.
  dashboard.catch(() => undefined);
  const lists = listLists(session.scope, { limit: LAST_LISTS });
  lists.catch(() => undefined);
  return (
    <>
      <PageHeader title="Dashboard" actions={<VerifyButton />} />
      <div className="flex flex-col gap-4">
        {!session.emailVerified && <ConfirmNotice email={session.email} />}
        <div className="grid gap-4 lg:grid-cols-3">
          <Panel message="The credits could not be loaded.">
            <Credits loading={dashboard} />
          </Panel>
          <Panel message="The verdicts could not be loaded." className="lg:col-span-2">
            <Mix loading={dashboard} />
          </Panel>
        </div>
        <Panel message="The last lists could not be loaded." fallback={null} className="empty:hidden">
          <LastLists loading={lists} />
        </Panel>
        <Panel message="The latest checks could not be loaded." fallback={<LatestSkeleton />}>
          <Latest loading={dashboard} />
        </Panel>
      </div>
    </>
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
  const { available, held, grantAmount, renewsAt } = credits;
  return (
    <CreditsPanel
      available={available}
      held={held}
      grantAmount={grantAmount}
      renewsAt={renewsAt}
      planName={planOf(credits.plan).name}
    />
  );
}

async function Mix({ loading }: { loading: Loading }) {
  return <VerdictMix days={(await loading).byDay} />;
}

async function LastLists({ loading }: { loading: LoadingLists }) {
  const { items } = await loading;
  return items.length === 0 ? null : <LastListsPanel items={items} />;
}

async function Latest({ loading }: { loading: Loading }) {
  const { latest } = await loading;
  if (latest.length > 0) return <LatestPanel items={latest} />;
  return <FirstSteps sample={env().MAIL_SANDBOX === 'on' ? `alice@${sandboxDomain('deliverable')}` : null} />;
}

const LatestSkeleton = () => (
  <Card padded={false}>
    <TableSkeleton rows={5} />
  </Card>
);

const VerifyButton = () => (
  <Button asChild>
    <Link href="/verify">Verify an address</Link>
  </Button>
);

const ConfirmNotice = ({ email }: { email: string }) => (
  <Alert tone="warning" title="Confirm your e-mail address">
    We sent a link to <span className="font-mono">{email}</span>. You can ask for another one in the{' '}
    <Link href="/settings">settings</Link>.
  </Alert>
);
