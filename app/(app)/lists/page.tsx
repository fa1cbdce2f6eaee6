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
import { requireSession } from '@/lib/auth/session';
import type { Scope } from '@/lib/data/scope';
import type { ListState } from '@/lib/domain/list';
import { listLists } from '@/lib/services/lists/list-lists';
import { LIST_GROUPS, listsPath, parseListsSearch, type ListGroup, type ListsSearch } from './lists-search';

export const metadata: Metadata = { title: 'Lists' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ListsPage({ searchParams }: Props) {
  const { scope } = await requireSession();
  const search = parseListsSearch(await searchParams);
  return (
    <>
      <PageHeader
        title="Lists"
        description="Upload a file, see what it holds and the most it can cost, then verify it."
        actions={<NewListButton />}
      />
      <div className="mb-4">
        <Tabs label="Lists by state" items={tabsOf(search)} />
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
    </>
  );
}

const GROUPS = Object.keys(LIST_GROUPS).filter((group): group is ListGroup => group in LIST_GROUPS);

const tabsOf = ({ state }: ListsSearch) => [
  { href: '/lists', label: 'All', isCurrent: state === undefined },
  ...GROUPS.map((group) => ({
    href: listsPath({ state: group }),
    label: LIST_GROUPS[group].label,
    isCurrent: state === group,
  })),
];

const NewListButton = () => (
  <Button asChild>
    <Link href="/lists/new">New list</Link>
  </Button>
);

const isAtWork = (state: ListState): boolean => LIST_GROUPS.active.states.some((active) => active === state);

async function Lists({ scope, search }: { scope: Scope; search: ListsSearch }) {
  const { state, cursor } = search;
  const page = await listLists(scope, { states: state && LIST_GROUPS[state].states, cursor });
  if (page.items.length === 0) return <NoLists isFiltered={state !== undefined || cursor !== undefined} />;
  return (
    <>
      <Card padded={false}>
        <ListTable items={page.items} label="Lists" />
      </Card>
      <ListsRefresh isActive={page.items.some((list) => isAtWork(list.state))} />
      <nav aria-label="Pages" className="mt-4 flex justify-between">
        <span>{cursor !== undefined && <PageLink label="Newest" search={{ state }} />}</span>
        {page.nextCursor !== null && <PageLink label="Older" search={{ state, cursor: page.nextCursor }} />}
      </nav>
    </>
  );
}

function NoLists({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <NewList />;
  return (
    <Card padded={false}>
      <EmptyState
        title="No list is in this state"
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
