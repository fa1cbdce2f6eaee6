import { Suspense, type ReactNode } from 'react';
import { Insights } from '@/components/lists/live/insights';
import { LiveList } from '@/components/lists/live/live-list';
import { PausedBanner } from '@/components/lists/live/paused-banner';
import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import type { Scope } from '@/lib/platform/scope';
import type { ListView } from '@/lib/lists/rules/view';
import { getBalance } from '@/lib/credits/balance';
import { getAllowances } from '@/lib/dashboard/dashboard';
import { getListInsights } from '@/lib/lists/insights';
import { cancelFromPage, resumeFromPage } from './_run-actions';
import { ResultsSection } from './results-section';
import type { ResultsSearch } from './results-search';

interface StartedListProps {
  scope: Scope;
  list: ListView;
  search: ResultsSearch;
  /** Shown below everything else, even when the rows are gone. */
  children?: ReactNode;
}

/** A list from its start until after its rows are deleted. */
export async function StartedList({ scope, list, search, children }: StartedListProps) {
  const [{ available }, { freeAnswers }] = await Promise.all([getBalance(scope), getAllowances(scope)]);
  const hasRows = list.status !== 'expired';
  return (
    <div className="flex flex-col gap-6">
      <PausedBanner
        key={`${list.pauseReason}${list.creditCap}`}
        list={list}
        available={available}
        freeAnswers={freeAnswers}
        resume={resumeFromPage}
        cancel={cancelFromPage}
      />
      <LiveList rendered={list} />
      <ErrorBoundary message="The list’s insights could not be loaded.">
        <Suspense fallback={<PanelSkeleton />}>
          <Whole scope={scope} list={list} hasRows={hasRows} />
        </Suspense>
      </ErrorBoundary>
      {hasRows && <ResultsSection scope={scope} list={list} search={search} />}
      {children}
    </div>
  );
}

async function Whole({ scope, list, hasRows }: { scope: Scope; list: ListView; hasRows: boolean }) {
  const insights = await getListInsights(scope, list.id);
  if (!insights.ok) throw insights.error;
  return <Insights listId={list.id} insights={insights.value} hasRows={hasRows} />;
}
