import { Hourglass } from 'lucide-react';
import Link from 'next/link';
import { Suspense } from 'react';
import { ReportBounce } from '@/components/feedback/report-bounce';
import { RowKeys } from '@/components/history/row-keys';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { ResultsFilters } from '@/components/lists/results/results-filters';
import { ResultsTable } from '@/components/lists/results/results-table';
import { RowDetails } from '@/components/lists/results/row-details';
import { RowDrawer } from '@/components/lists/results/row-drawer';
import { columnsBeside } from '@/components/lists/results/shown-columns';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { Skeleton } from '@/components/ui/skeleton';
import { listProviders } from '@/lib/lists/insights';
import { getListRow, LAST_PAGE, listResults, writeCursor } from '@/lib/lists/results';
import { isEmptyFilter, type ListView } from '@/lib/lists/rules/view';
import type { Scope } from '@/lib/platform/scope';
import { REASONS } from '@/lib/verdict/verdict';
import { getReportedBounce } from '@/lib/verifications/feedback';
import { formatCount } from '@/lib/platform/numbers';
import { reportBounce } from '../../verifications/_actions';
import { filterOf, resultsSearch, type ResultsSearch } from './results-search';

interface SectionProps {
  scope: Scope;
  list: ListView;
  search: ResultsSearch;
}

/** The results of a list: filter, pages, and the open row. */
export async function ResultsSection({ scope, list, search }: SectionProps) {
  const filter = filterOf(search);
  const reasons = REASONS.filter((reason) => (list.progress.countsByReason[reason] ?? 0) > 0);
  const providers = await listProviders(scope, list.id);
  return (
    <section id="results" aria-label="Results" className="scroll-mt-4">
      <h2 className="mb-3 text-section font-semibold tracking-tight">Results</h2>
      <ResultsFilters
        key={`filters${resultsSearch(filter)}`}
        listId={list.id}
        filter={filter}
        reasons={reasons}
        hasWaiting={list.progress.retrying > 0}
        providers={providers}
      />
      <ErrorBoundary key={`rows${resultsSearch({ ...search, row: undefined })}`} message="The results could not be loaded.">
        <Suspense fallback={<Waiting />}>
          <Results scope={scope} list={list} search={search} />
        </Suspense>
      </ErrorBoundary>
      {search.row !== undefined && <OpenRow scope={scope} list={list} search={search} row={search.row} />}
      <RowKeys />
    </section>
  );
}

const Waiting = () => (
  <Card padded={false}>
    <TableSkeleton rows={8} />
  </Card>
);

const pathOf = (list: ListView, search: ResultsSearch): string => `/lists/${list.id}${resultsSearch(search)}`;

async function Results({ scope, list, search }: { scope: Scope; list: ListView; search: ResultsSearch }) {
  const query = { ...filterOf(search), withWaiting: true, cursor: search.cursor };
  const found = await listResults(scope, list.id, query);
  // The cursor was made up: show the first page.
  const page = found.ok ? found : await listResults(scope, list.id, { ...query, cursor: undefined });
  if (!page.ok) throw page.error;
  const { items, nextCursor, previousCursor, total } = page.value;
  if (items.length === 0) return <NoResults list={list} search={search} />;
  const at = (cursor: string | undefined): string => pathOf(list, { ...search, row: undefined, cursor });
  return (
    <>
      <Card padded={false}>
        <ResultsTable
          items={items}
          columns={columnsBeside(list.columns, list.emailColumn)}
          hrefOf={(row) => pathOf(list, { ...search, row })}
        />
      </Card>
      <nav aria-label="Pages" className="mt-4 flex flex-wrap items-center justify-between gap-2">
        <p className="text-table text-muted tabular-nums">
          {total !== null && `${formatCount(total)} ${total === 1 ? 'address' : 'addresses'}`}
        </p>
        <div className="flex gap-2">
          {previousCursor !== null && <PageLink label="First" href={at(undefined)} />}
          {previousCursor !== null && <PageLink label="Previous" href={at(previousCursor)} />}
          {nextCursor !== null && <PageLink label="Next" href={at(nextCursor)} />}
          {nextCursor !== null && <PageLink label="Last" href={at(writeCursor(LAST_PAGE))} />}
        </div>
      </nav>
    </>
  );
}

const PageLink = ({ label, href }: { label: string; href: string }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={href} scroll={false} prefetch={false}>
      {label}
    </Link>
  </Button>
);

function NoResults({ list, search }: { list: ListView; search: ResultsSearch }) {
  const isWaiting = search.status === 'pending';
  const isFiltered = search.cursor !== undefined || !isEmptyFilter(filterOf(search));
  return (
    <Card padded={false}>
      {isFiltered ? (
        <EmptyState
          title={isWaiting ? 'Nothing is waiting' : 'Nothing matches'}
          description={
            isWaiting ? 'No address of this list is waiting to be asked again.' : 'No address of this list fits these filters.'
          }
          actions={
            <Button asChild variant="secondary">
              <Link href={`/lists/${list.id}`} scroll={false}>
                Clear the filters
              </Link>
            </Button>
          }
        />
      ) : (
        <EmptyState
          icon={<Hourglass aria-hidden="true" />}
          title="No verdicts yet"
          description="They appear here as soon as the first mail hosts have answered."
        />
      )}
    </Card>
  );
}

type OpenRowProps = SectionProps & { row: number };

function OpenRow({ scope, list, search, row }: OpenRowProps) {
  return (
    <RowDrawer row={row} closeHref={pathOf(list, { ...search, row: undefined })}>
      <Suspense key={row} fallback={<RowSkeleton />}>
        <Row scope={scope} list={list} search={search} row={row} />
      </Suspense>
    </RowDrawer>
  );
}

async function Row({ scope, list, search, row }: OpenRowProps) {
  const found = await getListRow(scope, list.id, row);
  if (!found.ok) return <EmptyState title="No such row" description="It holds no address, or the list has fewer rows." />;
  return (
    <>
      <RowDetails list={list} row={found.value} hrefOf={(other) => pathOf(list, { ...search, row: other })} />
      {found.value.status === 'deliverable' && !list.test && (
        <Bounce scope={scope} list={list} row={row} email={found.value.email} />
      )}
    </>
  );
}

async function Bounce({ scope, list, row, email }: Omit<OpenRowProps, 'search'> & { email: string }) {
  const target = { listId: list.id, row };
  const reported = await getReportedBounce(scope, target);
  return (
    <div className="mt-6 flex border-t border-hairline pt-4">
      <ReportBounce email={email} target={target} report={reportBounce} reported={reported} />
    </div>
  );
}

const RowSkeleton = () => (
  <div role="status" aria-label="Loading" className="flex flex-col gap-4">
    <Skeleton className="h-6 w-64 max-w-full" />
    <Skeleton className="h-7 w-96 max-w-full" />
    <Skeleton className="h-24 w-full" />
    <Skeleton className="h-64 w-full" />
  </div>
);
