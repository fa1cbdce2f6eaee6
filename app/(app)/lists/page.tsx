import { ListChecks } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { RowKeys } from '@/components/history/row-keys';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { ListTable } from '@/components/lists/list-table';
import { ListsRefresh } from '@/components/lists/lists-refresh';
import { NewList } from '@/components/lists/new/new-list';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { requireSession } from '@/lib/accounts/web/session';
import { getPolicy } from '@/lib/accounts/workspaces';
import type { Scope } from '@/lib/platform/scope';
import type { ListStatus } from '@/lib/lists/rules/list';
import { storageLeft } from '@/lib/lists/rules/storage';
import { getAllowances } from '@/lib/dashboard/dashboard';
import { listLists } from '@/lib/lists/read';
import { LIST_GROUPS, listsPath, parseListsSearch, type ListGroup, type ListsSearch } from './lists-search';

export const metadata: Metadata = { title: 'Lists' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ListsPage({ searchParams }: Props) {
  const { scope } = await requireSession();
  const search = parseListsSearch(await searchParams);
  return (
    <div className="group/page">
      <PageHeader
        title="Lists"
        description="Upload a file, see what it holds and the most it can cost, then verify it."
        actions={<NewListButton />}
      />
      <div className={`mb-4 ${NOT_WITH_FIRST}`}>
        <Tabs label="Lists by status" items={tabsOf(search)} />
      </div>
      <ErrorBoundary key={listsPath(search)} message="The lists could not be loaded.">
        <Suspense
          fallback={
            <Card padded={false}>
              <TableSkeleton rows={6} />
            </Card>
          }
        >
          <Lists scope={scope} search={search} />
        </Suspense>
      </ErrorBoundary>
      <RowKeys />
    </div>
  );
}

/** For what is of no use until there is a list. */
const NOT_WITH_FIRST = 'group-has-data-first-list/page:hidden';

const GROUPS = Object.keys(LIST_GROUPS).filter((group): group is ListGroup => group in LIST_GROUPS);

const tabsOf = ({ status }: ListsSearch) => [
  { href: '/lists', label: 'All', isCurrent: status === undefined },
  ...GROUPS.map((group) => ({
    href: listsPath({ status: group }),
    label: LIST_GROUPS[group].label,
    isCurrent: status === group,
  })),
];

const NewListButton = () => (
  <Button asChild className={NOT_WITH_FIRST}>
    <Link href="/lists/new">New list</Link>
  </Button>
);

const isAtWork = (status: ListStatus): boolean => LIST_GROUPS.active.statuses.some((active) => active === status);

async function Lists({ scope, search }: { scope: Scope; search: ListsSearch }) {
  const { status, cursor } = search;
  const page = await listLists(scope, { statuses: status && LIST_GROUPS[status].statuses, cursor });
  if (page.items.length === 0) return <NoLists scope={scope} isFiltered={status !== undefined || cursor !== undefined} />;
  return (
    <>
      <Card padded={false}>
        <ListTable items={page.items} label="Lists" />
      </Card>
      <ListsRefresh isActive={page.items.some((list) => isAtWork(list.status))} />
      <nav aria-label="Pages" className="mt-4 flex justify-between">
        <span>{cursor !== undefined && <PageLink label="Newest" search={{ status }} />}</span>
        {page.nextCursor !== null && <PageLink label="Older" search={{ status, cursor: page.nextCursor }} />}
      </nav>
    </>
  );
}

async function NoLists({ scope, isFiltered }: { scope: Scope; isFiltered: boolean }) {
  if (!isFiltered) {
    const [{ keeps, stored, plan }, policy] = await Promise.all([getAllowances(scope), getPolicy(scope)]);
    return (
      <div data-first-list>
        <NewList keeps={keeps} left={storageLeft(stored, plan)} policy={policy} />
      </div>
    );
  }
  return (
    <Card padded={false}>
      <EmptyState
        icon={<ListChecks aria-hidden="true" />}
        title="No list is in this status"
        actions={
          <Button asChild variant="secondary">
            <Link href="/lists">Show all lists</Link>
          </Button>
        }
      />
    </Card>
  );
}

const PageLink = ({ label, search }: { label: string; search: ListsSearch }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={listsPath(search)}>{label}</Link>
  </Button>
);
