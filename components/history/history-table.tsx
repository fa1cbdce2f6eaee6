import { List } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ListStatusBadge } from '@/components/lists/list-status-badge';
import { VerdictBar } from '@/components/lists/verdict-bar';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { gradedReasonLabel } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import type { HistoryCheck, HistoryItem, HistoryList, HistoryRow } from '@/lib/dashboard/rules';
import { formatCount } from '@/lib/platform/numbers';
import { SOURCE_LABEL } from './source-label';
import { PhoneVerdict } from './verification-table';

interface HistoryTableProps {
  items: readonly HistoryItem[];
  /** Added to a list's link, so that it leads to the part of the list that the filter asks for. */
  listQuery: string;
}

const LINK = 'rounded-control hover:text-accent hover:underline hover:underline-offset-2';
const NAME_CELL = 'w-full max-w-0 sm:min-w-40 lg:min-w-56';

/** Single checks, rows of lists, and whole lists, each linked to its full page. */
export function HistoryTable({ items, listQuery }: HistoryTableProps) {
  return (
    <Table label="History">
      <thead>
        <tr>
          <Th>Address or list</Th>
          <Th className="hidden sm:table-cell">Verdict</Th>
          <Th className="hidden md:table-cell">Reason</Th>
          <Th className="hidden lg:table-cell">Source</Th>
          <Th className="hidden text-right lg:table-cell">Credits</Th>
          <Th className="hidden text-right sm:table-cell">When</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) =>
          item.kind === 'list' ? (
            <ListLine key={item.list.id} item={item} query={listQuery} />
          ) : (
            <AddressLine key={item.summary.id} item={item} />
          ),
        )}
      </tbody>
    </Table>
  );
}

const hrefOf = (item: HistoryCheck | HistoryRow): string =>
  item.kind === 'row' ? `/lists/${item.list.id}?row=${item.list.row}` : `/verifications/${item.summary.id}`;

function AddressLine({ item }: { item: HistoryCheck | HistoryRow }) {
  const { email, status, creditsCharged } = item.summary;
  const reason = gradedReasonLabel(item.summary);
  return (
    <Tr>
      <Td className={NAME_CELL}>
        <Link href={hrefOf(item)} data-row-link title={email} className={`block font-mono wrap-anywhere sm:truncate ${LINK}`}>
          {email}
        </Link>
        <span className="hidden truncate text-meta text-muted sm:block lg:hidden">
          <span className="md:hidden">{reason} · </span>
          <Source item={item} />
        </span>
        <PhoneVerdict verdict={<VerdictBadge status={status} />}>
          {reason} · <RelativeTime iso={item.at} />
        </PhoneVerdict>
      </Td>
      <Td className="hidden sm:table-cell">
        <VerdictBadge status={status} />
      </Td>
      <Td className="hidden whitespace-nowrap text-muted md:table-cell">{reason}</Td>
      <SourceCell>
        <Source item={item} />
      </SourceCell>
      <Td className="hidden text-right text-muted lg:table-cell">{creditsCharged}</Td>
      <WhenCell at={item.at} />
    </Tr>
  );
}

function ListLine({ item: { list, matching, key, at }, query }: { item: HistoryList; query: string }) {
  const { progress } = list;
  const isPart = query !== '';
  const count = `${formatCount(matching)} ${matching === 1 ? 'verdict' : 'verdicts'}`;
  const words = isPart ? `${count} of this kind` : count;
  const bar = <VerdictBar counts={progress.counts} total={Math.max(1, progress.processed)} className="w-24" />;
  return (
    <Tr>
      <Td className={NAME_CELL}>
        <Link href={`/lists/${list.id}${query}`} data-row-link title={list.name} className={`flex items-center gap-1.5 ${LINK}`}>
          <List aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
          <span className="truncate font-medium">{list.name}</span>
        </Link>
        <span className="hidden truncate text-meta text-muted sm:block">{words}</span>
        <PhoneVerdict verdict={bar}>
          {words} · <RelativeTime iso={at} />
        </PhoneVerdict>
      </Td>
      <Td className="hidden sm:table-cell">{bar}</Td>
      <Td className="hidden md:table-cell">
        <ListStatusBadge list={list} />
      </Td>
      <SourceCell>{key === null ? 'List' : (key.name ?? 'API')}</SourceCell>
      <Td className="hidden text-right text-muted lg:table-cell">{formatCount(progress.credits.captured)}</Td>
      <WhenCell at={at} />
    </Tr>
  );
}

/** The key's name, or where the check was made without one; for a row, its number and its list. */
function Source({ item }: { item: HistoryCheck | HistoryRow }) {
  const test = item.summary.test ? ' (test)' : '';
  if (item.kind === 'row') {
    return (
      <>
        {`Row ${formatCount(item.list.row)} of `}
        <Link href={`/lists/${item.list.id}`} title={item.list.name} className={LINK}>
          {item.list.name}
        </Link>
        {test}
      </>
    );
  }
  return `${item.key?.name ?? SOURCE_LABEL[item.summary.source]}${test}`;
}

const SourceCell = ({ children }: { children: ReactNode }) => (
  <Td className="hidden max-w-44 truncate text-muted lg:table-cell">{children}</Td>
);

const WhenCell = ({ at }: { at: string }) => (
  <Td className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
    <RelativeTime iso={at} />
  </Td>
);
