import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { HistoryFilters } from '@/components/history/history-filters';
import { RowKeys } from '@/components/history/row-keys';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { VerificationTable } from '@/components/history/verification-table';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/auth/session';
import type { Scope } from '@/lib/data/scope';
import { listVerifications } from '@/lib/services/list-verifications';
import { historySearch, parseHistorySearch, type HistorySearch } from './history-search';

export const metadata: Metadata = { title: 'History' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HistoryPage({ searchParams }: Props) {
  const { scope } = await requireSession();
  const search = parseHistorySearch(await searchParams);
  const { status = '', reason = '', source = '', q = '' } = search;
  const key = `rows${historySearch(search)}`;
  return (
    <>
      <PageHeader title="History" description="Every check of this workspace with its evidence." actions={<VerifyButton />} />
      <HistoryFilters key={`filters${historySearch({ ...search, cursor: undefined })}`} values={{ status, reason, source, q }} />
      <ErrorBoundary key={key} message="The history could not be loaded.">
        <Suspense fallback={<Rows />}>
          <History scope={scope} search={search} />
        </Suspense>
      </ErrorBoundary>
      <RowKeys />
    </>
  );
}

const Rows = () => (
  <Card padded={false}>
    <TableSkeleton rows={8} />
  </Card>
);

const VerifyButton = () => (
  <Button asChild>
    <Link href="/verify">Verify an address</Link>
  </Button>
);

async function History({ scope, search }: { scope: Scope; search: HistorySearch }) {
  const { q, ...filter } = search;
  const page = await listVerifications(scope, { ...filter, query: q });
  const isFiltered = historySearch({ ...search, cursor: undefined }) !== '';
  if (page.items.length === 0) {
    return (
      <Card padded={false}>
        {isFiltered || search.cursor !== undefined ? (
          <EmptyState title="Nothing matches" description="No check fits these filters." actions={<ClearButton />} />
        ) : (
          <EmptyState
            title="No checks yet"
            description="The first one takes a moment, and a sandbox address will do."
            actions={<VerifyButton />}
          />
        )}
      </Card>
    );
  }
  return (
    <>
      <Card padded={false}>
        <VerificationTable items={page.items} label="Checks" />
      </Card>
      <nav aria-label="Pages" className="mt-4 flex justify-between">
        <span>{search.cursor !== undefined && <PageLink label="Newest" search={{ ...search, cursor: undefined }} />}</span>
        {page.nextCursor !== null && <PageLink label="Older" search={{ ...search, cursor: page.nextCursor }} />}
      </nav>
    </>
  );
}

const ClearButton = () => (
  <Button asChild variant="secondary">
    <Link href="/verifications">Clear the filters</Link>
  </Button>
);

const PageLink = ({ label, search }: { label: string; search: HistorySearch }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={`/verifications${historySearch(search)}`}>{label}</Link>
  </Button>
);
