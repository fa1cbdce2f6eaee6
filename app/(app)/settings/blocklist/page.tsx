import { Ban, Download, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { AddEntries } from '@/components/blocklist/add-entries';
import { BlocklistSearch } from '@/components/blocklist/blocklist-search';
import { EntryTable } from '@/components/blocklist/entry-table';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import { countBlocklist, listBlocklist } from '@/lib/blocklist/blocklist';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { BLOCKLIST_ENTRIES_A_WORKSPACE, SEARCH_MAX_CHARS } from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { addEntriesAction, removeEntryAction } from './_actions';

export const metadata: Metadata = { title: 'Blocklist' };

export default async function BlocklistPage({ searchParams }: { searchParams: SearchParams }) {
  const { scope } = await requireSession();
  const q = ((await searchParam(searchParams, 'q')) ?? '').slice(0, SEARCH_MAX_CHARS);
  const cursor = await searchParam(searchParams, 'cursor');
  const [count, { items, nextCursor }] = await Promise.all([countBlocklist(scope), listBlocklist(scope, { q, cursor })]);
  return (
    <>
      <Breadcrumb parent={{ href: '/settings', label: 'Settings' }} here="Blocklist" />
      <PageHeader
        title="Blocklist"
        description="Addresses and domains that are never verified for this workspace. They come back as risky, free of charge, in single checks and in lists."
        actions={count > 0 && <CsvLink />}
      />
      <div className="flex max-w-3xl flex-col gap-6">
        <AddEntries action={addEntriesAction} />
        <section aria-labelledby="entries">
          <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
            <div>
              <h2 id="entries" className="text-section font-semibold tracking-tight">
                Entries
              </h2>
              <p className="text-table text-muted tabular-nums">
                {formatCount(count)} of {formatCount(BLOCKLIST_ENTRIES_A_WORKSPACE)}
              </p>
            </div>
            {count > 0 && <BlocklistSearch q={q} />}
          </div>
          <Card padded={false}>
            {items.length > 0 ? (
              <EntryTable entries={items} remove={removeEntryAction} />
            ) : (
              <NothingHere hasEntries={count > 0} isSearch={q !== ''} />
            )}
          </Card>
          <nav aria-label="Pages" className="mt-4 flex justify-between">
            <span>{cursor !== null && <PageLink label="Newest" query={{ q }} />}</span>
            {nextCursor !== null && <PageLink label="Older" query={{ q, cursor: nextCursor }} />}
          </nav>
        </section>
      </div>
    </>
  );
}

function NothingHere({ hasEntries, isSearch }: { hasEntries: boolean; isSearch: boolean }) {
  if (!hasEntries) {
    return (
      <EmptyState
        icon={<Ban aria-hidden="true" />}
        title="Nothing is blocked"
        description="Add people who asked not to be contacted, or domains that you never mail."
      />
    );
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden="true" />}
      title={isSearch ? 'Nothing matches' : 'Nothing on this page'}
      description={isSearch ? 'No entry contains this.' : 'Its entries were removed.'}
      actions={
        <Button asChild variant="secondary">
          <Link href="/settings/blocklist">Show all entries</Link>
        </Button>
      }
    />
  );
}

const CsvLink = () => (
  <Button asChild variant="secondary" size="sm">
    <a href="/api/blocklist" download>
      <Download aria-hidden="true" className="size-3.5" />
      Download as CSV
    </a>
  </Button>
);

function PageLink({ label, query }: { label: string; query: Record<string, string> }) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return (
    <Button asChild variant="secondary" size="sm">
      <Link href={`/settings/blocklist?${given.toString()}`}>{label}</Link>
    </Button>
  );
}
