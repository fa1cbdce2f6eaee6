import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { DiscardList } from '@/components/lists/before-start/discard-list';
import { DiscardedPanel, FailedPanel } from '@/components/lists/before-start/ended-panels';
import { ParsingPanel } from '@/components/lists/before-start/parsing-panel';
import { ReadyPanel } from '@/components/lists/before-start/ready-panel';
import { UploadingPanel } from '@/components/lists/before-start/uploading-panel';
import { DownloadMenu } from '@/components/lists/export/download-menu';
import { ExpiredPanel } from '@/components/lists/export/expired-panel';
import { ExportDialog } from '@/components/lists/export/export-dialog';
import { KeepCard } from '@/components/lists/export/keep-card';
import { ListHeader } from '@/components/lists/list-header';
import { listTitle } from '@/components/lists/list-progress';
import { ListControls } from '@/components/lists/live/list-controls';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { requireSession } from '@/lib/accounts/web/session';
import { getBalance } from '@/lib/credits/balance';
import { getList } from '@/lib/lists/read';
import { listResults } from '@/lib/lists/results';
import { isSettled } from '@/lib/lists/rules/list';
import { retentionChoices } from '@/lib/lists/rules/storage';
import { isEmptyFilter, type ListView } from '@/lib/lists/rules/view';
import type { Scope } from '@/lib/platform/scope';
import { chooseColumnFromPage, startFromPage } from './_before-start-actions';
import { deleteFromPage, keepFromPage } from './_keep-actions';
import { cancelFromPage, pauseFromPage, resumeFromPage, retryFromPage } from './_run-actions';
import { finalFilterOf, parseResultsSearch, type ResultsSearch } from './results-search';
import { StartedList } from './started-list';

const RUN_ACTIONS = { pause: pauseFromPage, resume: resumeFromPage, cancel: cancelFromPage, retry: retryFromPage };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Read once, for both the page and its title. */
const find = cache(async (id: string) => {
  const { scope } = await requireSession();
  return { scope, found: await getList(scope, id) };
});

/** The name and, while the list is at work, its progress, for people who are looking at another tab. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { found } = await find((await params).id);
  return { title: found.ok ? listTitle(found.value) : 'List' };
}

export default async function ListPage({ params, searchParams }: Props) {
  const { scope, found } = await find((await params).id);
  if (!found.ok) notFound();
  const list = found.value;
  const search = parseResultsSearch(await searchParams);
  return (
    <>
      <Breadcrumb parent={{ href: '/lists', label: 'Lists' }} here={list.name} />
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
  if (list.status === 'ready') return <DiscardList listId={list.id} discard={cancelFromPage} />;
  if (list.startedAt === null) return null;
  const { available } = await getBalance(scope);
  const filter = finalFilterOf(search);
  const shown = isEmptyFilter(filter) ? null : await listResults(scope, list.id, { ...filter, limit: 1 });
  const download = { list, filter, shown: shown?.ok ? shown.value.total : null };
  // People come to a list that has ended for its download.
  const isDone = isSettled(list.status) && list.progress.processed > 0;
  return (
    <>
      {list.status !== 'expired' && isDone && <DownloadMenu {...download} />}
      <ListControls list={list} available={available} actions={RUN_ACTIONS} />
      {list.status !== 'expired' && !isDone && <ExportDialog {...download} />}
    </>
  );
}

/** The body depends on the list's status. */
function ListBody({ scope, list, search }: OfList) {
  if (list.status === 'uploading') return <UploadingPanel key={list.id} list={list} discard={cancelFromPage} />;
  if (list.status === 'parsing') return <ParsingPanel key={list.id} list={list} discard={cancelFromPage} />;
  if (list.status === 'ready') return <Ready scope={scope} list={list} />;
  if (list.startedAt === null && list.status === 'cancelled') return <DiscardedPanel />;
  if (list.startedAt === null && list.status === 'failed') return <FailedPanel list={list} />;
  return (
    <StartedList scope={scope} list={list} search={search}>
      {list.status === 'expired' ? (
        <ExpiredPanel list={list} />
      ) : (
        <KeepCard list={list} choices={retentionChoices(list)} keep={keepFromPage} remove={deleteFromPage} />
      )}
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

/** Downloads the rows that hold no address, each with what is wrong with it. A form, because every request is answered with a new link. */
function RejectedLink({ listId }: { listId: string }) {
  return (
    <form method="post" action={`/api/lists/${listId}/downloads`} className="text-table">
      <input type="hidden" name="segment" value="rejected" />
      <button type="submit" className="rounded-control text-accent underline underline-offset-2 hover:no-underline">
        Download them, with what is wrong
      </button>
    </form>
  );
}
