import Link from 'next/link';
import { isReservation, LEDGER_FILTERS } from '@/components/usage/ledger-copy';
import { LedgerTable, type Unfolded } from '@/components/usage/ledger-table';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Tabs } from '@/components/ui/tabs';
import type { Scope } from '@/lib/platform/scope';
import { LEDGER_PAGE_ENTRIES } from '@/lib/platform/limits';
import { listCharges, listLedger } from '@/lib/credits/statement';
import { usageQuery, type UsageSearch } from './usage-search';

/** The ledger in pages, filtered by kind. The charges of one run of a list are a single line, which unfolds. */
export async function LedgerSection({ scope, search }: { scope: Scope; search: UsageSearch }) {
  const { kind, cursor } = search;
  const [page, unfolded] = await Promise.all([
    listLedger(scope, { kind, cursor, limit: LEDGER_PAGE_ENTRIES, isFolded: true }),
    unfold(scope, search),
  ]);
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
          <LedgerTable lines={page.lines} unfolded={unfolded} hrefOf={(holdId) => pathOf(opened(search, holdId))} />
        ) : (
          <EmptyState
            title="Nothing here"
            description={kind === undefined ? 'No credits have moved yet.' : 'The ledger has no such lines.'}
          />
        )}
      </Card>
      {page.lines.some(({ folded }) => folded !== null) && (
        <p className="mt-2 text-table text-muted">
          A list is one line for each run, at the time of its last charge and with the balance after it. Unfold it to see every
          charge.
        </p>
      )}
      {isReservation(kind ?? null) && (
        <p className="mt-2 text-table text-muted">
          Holds set credits aside while checks run; what a check does not cost is given back. Neither moves the balance.
        </p>
      )}
      <nav aria-label="Pages of the ledger" className="mt-4 flex justify-between">
        <span>{cursor !== undefined && <PageLink label="Newest" search={{ ...opened(search, null), cursor: undefined }} />}</span>
        {page.nextCursor !== null && <PageLink label="Older" search={{ ...opened(search, null), cursor: page.nextCursor }} />}
      </nav>
    </>
  );
}

const pathOf = (search: UsageSearch): string => `/usage${usageQuery(search)}#ledger`;

const opened = (search: UsageSearch, holdId: string | null): UsageSearch => ({
  ...search,
  open: holdId ?? undefined,
  charges: undefined,
});

async function unfold(scope: Scope, search: UsageSearch): Promise<Unfolded | null> {
  const { open: holdId, charges: cursor } = search;
  if (holdId === undefined) return null;
  const { lines, nextCursor } = await listCharges(scope, { holdId, cursor, limit: LEDGER_PAGE_ENTRIES });
  return {
    holdId,
    charges: lines,
    older: nextCursor === null ? null : pathOf({ ...search, charges: nextCursor }),
    newest: cursor === undefined ? null : pathOf(opened(search, holdId)),
  };
}

const PageLink = ({ label, search }: { label: string; search: UsageSearch }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={pathOf(search)}>{label}</Link>
  </Button>
);
