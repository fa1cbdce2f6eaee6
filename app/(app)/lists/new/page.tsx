import type { Metadata } from 'next';
import Link from 'next/link';
import { NewList } from '@/components/lists/new/new-list';
import { PasteList } from '@/components/lists/new/paste-list';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { requireSession } from '@/lib/auth/session';
import { sampleAddresses } from '../sample-addresses';

export const metadata: Metadata = { title: 'New list' };

interface Props {
  searchParams: Promise<{ by?: string | string[] }>;
}

export default async function NewListPage({ searchParams }: Props) {
  await requireSession();
  const isPaste = (await searchParams).by === 'paste';
  return (
    <>
      <nav aria-label="Breadcrumb" className="mb-2 text-table text-muted">
        <Link href="/lists" className="rounded-control hover:text-fg">
          Lists
        </Link>{' '}
        / New list
      </nav>
      <PageHeader
        title="New list"
        description="Duplicates, wrong syntax and rows without an address are found at once, and cost nothing."
      />
      <div className="mb-4">
        <Tabs
          label="Where the addresses come from"
          items={[
            { href: '/lists/new', label: 'Upload a file', isCurrent: !isPaste },
            { href: '/lists/new?by=paste', label: 'Paste', isCurrent: isPaste },
          ]}
        />
      </div>
      {isPaste ? <PasteList sample={sampleAddresses().join('\n')} /> : <NewList />}
    </>
  );
}
