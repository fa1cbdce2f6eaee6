import { History, SearchX } from 'lucide-react';
import Link from 'next/link';
import { HistoryTable } from '@/components/history/history-table';
import { BreakableName } from '@/components/ui/breakable-name';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { historySearch, type HistorySearch } from '@/lib/dashboard/api';
import { historyFilter, listHistory } from '@/lib/dashboard/history';
import { type AddressSearch, asBeginning } from '@/lib/dashboard/rules';
import { HISTORY_SCAN_ENTRIES, LIST_RETENTION_DAYS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { formatCount } from '@/lib/platform/numbers';

/** One page of the history, with a sentence about what it shows and links to the other pages. */
export async function HistorySection({ scope, search }: { scope: Scope; search: HistorySearch }) {
  const filter = historyFilter(search);
  const { items, nextCursor } = await listHistory(scope, { ...filter, cursor: search.cursor });
  const { status, reason } = search;
  if (items.length === 0 && nextCursor === null && historySearch(search) === '') return <NothingYet />;
  return (
    <>
      <p className="mb-3 text-table text-muted">
        {sentenceOf(filter.search)} Lists keep their rows for {LIST_RETENTION_DAYS.max} days at most; deleted rows are not found
        here.
      </p>
      <Card padded={false}>
        {items.length > 0 ? (
          <HistoryTable items={items} listQuery={historySearch({ status, reason })} />
        ) : (
          <NothingHere search={search} asked={filter.search} hasMore={nextCursor !== null} />
        )}
      </Card>
      <nav aria-label="Pages" className="mt-4 flex justify-between">
        <span>{search.cursor !== undefined && <PageLink label="First page" search={{ ...search, cursor: undefined }} />}</span>
        {nextCursor !== null && (
          <PageLink label={items.length === 0 ? 'Keep looking' : 'Next'} search={{ ...search, cursor: nextCursor }} />
        )}
      </nav>
    </>
  );
}

function sentenceOf(asked: AddressSearch | null): string {
  switch (asked?.kind) {
    case 'exact':
      return 'Every verdict on this mailbox, however it is spelled, from single checks and lists, newest first.';
    case 'domain':
      return 'Every verdict on addresses at this domain, from single checks and lists, newest first.';
    case 'beginning':
      return 'Addresses that start with this, from single checks and lists, in alphabetical order.';
    case undefined:
      return 'Single checks and lists, newest first. Search for an address to find it inside lists, too.';
  }
}

interface NothingHereProps {
  search: HistorySearch;
  asked: AddressSearch | null;
  hasMore: boolean;
}

function NothingHere({ search, asked, hasMore }: NothingHereProps) {
  if (hasMore) {
    return (
      <EmptyState
        title="Nothing so far"
        description={`Of the next ${formatCount(HISTORY_SCAN_ENTRIES)} entries none fits these filters. There is more to look through.`}
      />
    );
  }
  const isPlain = historySearch({ ...search, q: undefined, cursor: undefined }) === '';
  if (asked?.kind === 'exact' && isPlain && search.q !== undefined) return <NeverVerified q={search.q} />;
  return (
    <EmptyState
      icon={<SearchX aria-hidden="true" />}
      title="Nothing matches"
      description="No check and no row of a list fits these filters."
      actions={
        <Button asChild variant="secondary">
          <Link href="/verifications">Clear the filters</Link>
        </Button>
      }
    />
  );
}

const NothingYet = () => (
  <div data-empty-history>
    <Card padded={false}>
      <EmptyState
        icon={<History aria-hidden="true" />}
        title="Nothing verified yet"
        description="Every verdict will be listed here, from single checks, the API and lists."
        actions={
          <Button asChild>
            <Link href="/verify">Verify an address</Link>
          </Button>
        }
      />
    </Card>
  </div>
);

const NeverVerified = ({ q }: { q: string }) => (
  <EmptyState
    title="No verdict found"
    description={
      <>
        No check and no row of a list that is still kept has <BreakableName name={q} />.
      </>
    }
    actions={
      <>
        <Button asChild>
          <Link href={`/verify?email=${encodeURIComponent(q)}`}>Verify it now</Link>
        </Button>
        <Button asChild variant="secondary">
          <Link href={`/verifications${historySearch({ q: asBeginning(q) })}`}>Search for addresses starting with it</Link>
        </Button>
      </>
    }
  />
);

const PageLink = ({ label, search }: { label: string; search: HistorySearch }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={`/verifications${historySearch(search)}`}>{label}</Link>
  </Button>
);
