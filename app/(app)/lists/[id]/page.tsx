import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { DiscardedPanel } from '@/components/lists/before-start/discarded-panel';
import { DiscardList } from '@/components/lists/before-start/discard-list';
import { FailedPanel } from '@/components/lists/before-start/failed-panel';
import { ParsingPanel } from '@/components/lists/before-start/parsing-panel';
import { ReadyPanel } from '@/components/lists/before-start/ready-panel';
import { UploadingPanel } from '@/components/lists/before-start/uploading-panel';
import { ExpiredPanel } from '@/components/lists/export/expired-panel';
import { ExportDialog } from '@/components/lists/export/export-dialog';
import { KeepCard } from '@/components/lists/export/keep-card';
import { RejectedLink } from '@/components/lists/export/rejected-link';
import { ListHeader } from '@/components/lists/list-header';
import { ListControls } from '@/components/lists/live/list-controls';
import { requireSession } from '@/lib/auth/session';
import type { Scope } from '@/lib/data/scope';
import type { ListView } from '@/lib/domain/list-view';
import { retentionChoices } from '@/lib/domain/retention';
import { getBalance } from '@/lib/services/ledger/get-balance';
import { getList } from '@/lib/services/lists/get-list';
import { chooseColumnFromPage, discardFromPage, startFromPage } from './_before-start-actions';
import { deleteFromPage, keepFromPage } from './_keep-actions';
import { filterOf, parseResultsSearch, type ResultsSearch } from './results-search';
import { cancelFromPage, pauseFromPage, resumeFromPage, retryFromPage } from './_run-actions';
import { StartedList } from './started-list';

export const metadata: Metadata = { title: 'List' };

const RUN_ACTIONS = { pause: pauseFromPage, resume: resumeFromPage, cancel: cancelFromPage, retry: retryFromPage };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ListPage({ params, searchParams }: Props) {
  const { scope } = await requireSession();
  const found = await getList(scope, (await params).id);
  if (!found.ok) notFound();
  const list = found.value;
  const search = parseResultsSearch(await searchParams);
  return (
    <>
      <nav aria-label="Breadcrumb" className="mb-2 text-table text-muted">
        <Link href="/lists" className="rounded-control hover:text-fg">
          Lists
        </Link>{' '}
        / <span className="font-mono">{list.id}</span>
      </nav>
      <ListHeader list={list} actions={<Actions scope={scope} list={list} search={search} />} />
      <ListBody scope={scope} list={list} search={search} />
    </>
  );
}

interface OfList {
  scope: Scope;
  list: ListView;
  search: ResultsSearch;
}

async function Actions({ scope, list, search }: OfList) {
  if (list.state === 'ready') return <DiscardList listId={list.id} discard={discardFromPage} />;
  if (list.startedAt === null) return null;
  const { available } = await getBalance(scope);
  return (
    <>
      <ListControls list={list} available={available} actions={RUN_ACTIONS} />
      {list.state !== 'expired' && <ExportDialog list={list} filter={filterOf(search)} />}
    </>
  );
}

/** By the state of the list. */
function ListBody({ scope, list, search }: OfList) {
  if (list.state === 'uploading') return <UploadingPanel key={list.id} list={list} discard={discardFromPage} />;
  if (list.state === 'parsing') return <ParsingPanel key={list.id} list={list} discard={discardFromPage} />;
  if (list.state === 'ready') return <Ready scope={scope} list={list} />;
  const rows =
    list.state === 'expired' ? (
      <ExpiredPanel list={list} />
    ) : (
      <KeepCard list={list} choices={retentionChoices(list)} keep={keepFromPage} remove={deleteFromPage} />
    );
  if (list.startedAt === null && (list.state === 'cancelled' || list.state === 'failed')) {
    return (
      <div className="flex flex-col gap-4">
        {list.state === 'failed' ? <FailedPanel list={list} /> : <DiscardedPanel />}
        {rows}
      </div>
    );
  }
  return (
    <StartedList scope={scope} list={list} search={search}>
      {rows}
    </StartedList>
  );
}

async function Ready({ scope, list }: { scope: Scope; list: ListView }) {
  const { available } = await getBalance(scope);
  return (
    <ReadyPanel
      list={list}
      available={available}
      buyHref="/billing"
      start={startFromPage}
      chooseColumn={chooseColumnFromPage}
      rejectedAction={<RejectedLink listId={list.id} />}
    />
  );
}
