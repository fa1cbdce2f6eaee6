import Link from 'next/link';
import { isReservation, LEDGER_FILTERS } from '@/components/usage/ledger-copy';
import { LedgerTable } from '@/components/usage/ledger-table';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Tabs } from '@/components/ui/tabs';
import type { Scope } from '@/lib/data/scope';
import { LEDGER_PAGE_ENTRIES } from '@/lib/domain/limits';
import { listLedger } from '@/lib/services/ledger/list-ledger';
import { usageQuery, type UsageSearch } from './usage-search';

/** The ledger in pages, by kind. */
export async function LedgerSection({ scope, search }: { scope: Scope; search: UsageSearch }) {
  const { kind, cursor } = search;
  const page = await listLedger(scope, { kind, cursor, limit: LEDGER_PAGE_ENTRIES });
  const filters = LEDGER_FILTERS.map((filter) => ({
    href: `/usage${usageQuery({ range: search.range, kind: filter.kind ?? undefined })}#ledger`,
    label: filter.label,
    isCurrent: filter.kind === (kind ?? null),
  }));
  return (
    <>
      <Card padded={false}>
        <Tabs label="Kinds of movements" items={filters} />
        {page.lines.length > 0 ? (
          <LedgerTable lines={page.lines} />
        ) : (
          <EmptyState
            title="Nothing here"
            description={kind === undefined ? 'No credits have moved yet.' : 'The ledger has no such lines.'}
          />
        )}
      </Card>
      {isReservation(kind ?? null) && (
        <p className="mt-2 text-table text-muted">
          Holds set credits aside while checks run; what a check does not cost is given back. Neither moves the balance.
        </p>
      )}
      <nav aria-label="Pages of the ledger" className="mt-4 flex justify-between">
        <span>{cursor !== undefined && <PageLink label="Newest" search={{ ...search, cursor: undefined }} />}</span>
        {page.nextCursor !== null && <PageLink label="Older" search={{ ...search, cursor: page.nextCursor }} />}
      </nav>
    </>
  );
}

const PageLink = ({ label, search }: { label: string; search: UsageSearch }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={`/usage${usageQuery(search)}#ledger`}>{label}</Link>
  </Button>
);
