import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { HistoryFilters } from '@/components/history/history-filters';
import { RowKeys } from '@/components/history/row-keys';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import { dayOf } from '@/lib/credits/rules/usage';
import { historySearch, parseHistorySearch } from '@/lib/dashboard/api';
import { listApiKeys } from '@/lib/accounts/keys';
import { HistorySection } from './history-section';

export const metadata: Metadata = { title: 'History' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HistoryPage({ searchParams }: Props) {
  const { scope } = await requireSession();
  const search = parseHistorySearch(await searchParams);
  const { q = '', status = '', reason = '', source = '', key = '', from = '', to = '' } = search;
  const keys = await listApiKeys(scope);
  const filters = historySearch({ ...search, cursor: undefined });
  return (
    <div className="group/page">
      <PageHeader
        title="History"
        description="Every address this workspace has verified, in the app, by API and in lists."
        actions={<HistoryActions filters={filters} />}
      />
      <div className={NOT_WHILE_EMPTY}>
        <HistoryFilters
          key={`filters${filters}`}
          values={{ q, status, reason, source, key, from, to }}
          keys={keys.map(({ id, name }) => ({ id, name }))}
          today={dayOf(new Date())}
        />
      </div>
      <ErrorBoundary key={`rows${historySearch(search)}`} message="The history could not be loaded.">
        <Suspense
          fallback={
            <Card padded={false}>
              <TableSkeleton rows={8} />
            </Card>
          }
        >
          <HistorySection scope={scope} search={search} />
        </Suspense>
      </ErrorBoundary>
      <RowKeys />
    </div>
  );
}

/** For what is of no use until something was verified. */
const NOT_WHILE_EMPTY = 'group-has-data-empty-history/page:hidden';

/** The file is a plain link: the browser saves it without leaving the page. */
const HistoryActions = ({ filters }: { filters: string }) => (
  <>
    <Button asChild variant="secondary" className={NOT_WHILE_EMPTY}>
      <a href={`/api/verifications/export${filters}`} download>
        <Download aria-hidden="true" className="size-4" />
        CSV
      </a>
    </Button>
    <Button asChild className={NOT_WHILE_EMPTY}>
      <Link href="/verify">Verify an address</Link>
    </Button>
  </>
);
