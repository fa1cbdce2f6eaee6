import type { Metadata } from 'next';
import { NewList } from '@/components/lists/new/new-list';
import { PasteList } from '@/components/lists/new/paste-list';
import { StorageNotice } from '@/components/lists/new/storage-notice';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { requireSession } from '@/lib/accounts/web/session';
import { getPolicy } from '@/lib/accounts/workspaces';
import { storageLeft } from '@/lib/lists/rules/storage';
import { getAllowances } from '@/lib/dashboard/dashboard';
import { sampleAddresses } from '../sample-addresses';

export const metadata: Metadata = { title: 'New list' };

interface Props {
  searchParams: Promise<{ by?: string | string[] }>;
}

export default async function NewListPage({ searchParams }: Props) {
  const { scope } = await requireSession();
  const [allowances, policy] = await Promise.all([getAllowances(scope), getPolicy(scope)]);
  const isPaste = (await searchParams).by === 'paste';
  return (
    <>
      <Breadcrumb parent={{ href: '/lists', label: 'Lists' }} here="New list" />
      <PageHeader
        title="New list"
        description="Duplicates, wrong syntax and rows without an address are found right away and cost nothing."
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
      <StorageNotice view={allowances} />
      {isPaste ? (
        <PasteList sample={sampleAddresses().join('\n')} policy={policy} />
      ) : (
        <NewList keeps={allowances.keeps} left={storageLeft(allowances.stored, allowances.plan)} policy={policy} />
      )}
    </>
  );
}
