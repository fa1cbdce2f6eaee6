import Link from 'next/link';
import { ProgressBar } from '@/components/ui/progress-bar';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { ListView } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';
import { ListStatusBadge } from './list-status-badge';
import { LIST_FAILURE_COPY } from './list-status-copy';
import { advanceOf } from './list-progress';
import { VerdictBar } from './verdict-bar';

/** Lists, one per row. On pages with `RowKeys`, j and k move through them. */
export function ListTable({ items, label }: { items: readonly ListView[]; label: string }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>List</Th>
          <Th>State</Th>
          <Th className="hidden md:table-cell">Progress</Th>
          <Th className="hidden lg:table-cell">Verdicts</Th>
          <Th className="hidden text-right sm:table-cell">Rows</Th>
          <Th className="hidden text-right lg:table-cell">Credits</Th>
          <Th className="hidden text-right md:table-cell">When</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((list) => (
          <ListRow key={list.id} list={list} />
        ))}
      </tbody>
    </Table>
  );
}

function ListRow({ list }: { list: ListView }) {
  const { share, words } = advanceOf(list);
  const failed = list.status === 'failed' && list.failure !== null ? LIST_FAILURE_COPY[list.failure].title : null;
  return (
    <Tr>
      <Td className="w-full max-w-0 min-w-28 sm:min-w-40">
        <Link
          href={`/lists/${list.id}`}
          data-row-link
          title={list.name}
          className="block truncate rounded-control font-medium hover:text-accent hover:underline hover:underline-offset-2"
        >
          {list.name}
        </Link>
        <span className="block text-meta text-muted sm:truncate">
          <span className="md:hidden">
            {failed === null ? words !== '' && `${words} · ` : `${failed} · `}
            <RelativeTime iso={list.createdAt} />
          </span>
          <span className="hidden md:inline">{failed ?? originOf(list)}</span>
        </span>
      </Td>
      <Td>
        <ListStatusBadge list={list} />
      </Td>
      <Td className="hidden md:table-cell">
        <div className="flex w-28 flex-col gap-1">
          {share !== null && <ProgressBar share={share} label={`Progress of ${list.name}`} />}
          <span className="text-meta whitespace-nowrap text-muted">{words}</span>
        </div>
      </Td>
      <Td className="hidden lg:table-cell">
        {list.progress.processed > 0 && <VerdictBar counts={list.progress.counts} total={list.progress.total} className="w-28" />}
      </Td>
      <Td className="hidden text-right text-muted sm:table-cell">{list.quote === null ? '–' : formatCount(list.quote.rows)}</Td>
      <Td className="hidden text-right text-muted lg:table-cell">{formatCount(list.progress.credits.captured)}</Td>
      <Td className="hidden text-right whitespace-nowrap text-muted md:table-cell">
        <RelativeTime iso={list.createdAt} />
      </Td>
    </Tr>
  );
}

/** The file's name, if it adds something to the list's name. */
function originOf({ name, source, file, test }: ListView): string {
  const fileName = file.name?.replace(/\.gz$/i, '') ?? '';
  const hasSameName = fileName.startsWith(name) && /^\.\w{2,5}$/.test(fileName.slice(name.length));
  const kind = hasSameName ? fileName.slice(name.length + 1).toUpperCase() : file.name;
  const origin = kind ?? (source === 'paste' ? 'Pasted' : 'By API');
  return test ? `${origin} · test` : origin;
}
