import Link from 'next/link';
import { BreakableName } from '@/components/ui/breakable-name';
import { isDue } from '@/components/ui/is-due';
import { LocalTime } from '@/components/ui/local-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { gradedReasonLabel } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import type { ListResultRow } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';
import { providerLabel } from '@/lib/verdict/provider-names';

/** A column of the file that is shown beside the verdict. */
export interface ShownColumn {
  at: number;
  name: string;
}

interface ResultsTableProps {
  items: readonly ListResultRow[];
  columns: readonly ShownColumn[];
  hrefOf: (row: number) => string;
}

/** Each row's verdict beside its own cells; shown as cards where a table does not fit. */
export function ResultsTable({ items, columns, hrefOf }: ResultsTableProps) {
  return (
    <>
      <div className="hidden sm:block">
        <Table label="Result rows">
          <thead>
            <tr>
              <Th className="text-right">Row</Th>
              <Th>Address</Th>
              <Th>Verdict</Th>
              <Th>Reason</Th>
              <Th className="hidden text-right md:table-cell">Score</Th>
              <Th className="hidden lg:table-cell">Provider</Th>
              {columns.map(({ at, name }) => (
                <Th key={at} className="hidden max-w-40 truncate xl:table-cell" title={name}>
                  {name}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <ResultRow key={item.row} item={item} columns={columns} href={hrefOf(item.row)} />
            ))}
          </tbody>
        </Table>
      </div>
      <ul aria-label="Result rows" className="sm:hidden">
        {items.map((item) => (
          <ResultCard key={item.row} item={item} href={hrefOf(item.row)} />
        ))}
      </ul>
    </>
  );
}

function ResultRow({ item, columns, href }: { item: ListResultRow; columns: readonly ShownColumn[]; href: string }) {
  return (
    <Tr>
      <Td className="text-right text-muted">{formatCount(item.row)}</Td>
      <Td className="w-full max-w-0 min-w-48 xl:min-w-76">
        <Link
          href={href}
          scroll={false}
          prefetch={false}
          data-row-link
          title={item.email}
          className="block truncate rounded-control font-mono hover:text-accent hover:underline hover:underline-offset-2"
        >
          {item.email}
        </Link>
      </Td>
      <Td>
        <VerdictBadge status={item.status} />
      </Td>
      <Td className="whitespace-nowrap text-muted">
        <ReasonOrWait item={item} />
      </Td>
      <Td className="hidden text-right text-muted md:table-cell">{item.score ?? '–'}</Td>
      <Td className="hidden whitespace-nowrap text-muted lg:table-cell">
        {item.provider === null ? '–' : providerLabel(item.provider)}
      </Td>
      {columns.map(({ at }) => (
        <Td key={at} className="hidden max-w-40 truncate text-muted xl:table-cell" title={item.cells?.[at] ?? ''}>
          {item.cells?.[at] ?? ''}
        </Td>
      ))}
    </Tr>
  );
}

/** The reason or, for a waiting row, its last answer and when it is asked again. */
function ReasonOrWait({ item: { reason, grade, waiting } }: { item: ListResultRow }) {
  if (waiting === null) return <>{gradedReasonLabel({ reason, grade })}</>;
  return (
    <>
      {waiting.meaning === null ? 'Waits for its turn' : (WAITING_FOR[waiting.meaning] ?? 'No final answer yet')} ·{' '}
      {isDue(waiting.retryAt) ? (
        'next try soon'
      ) : (
        <>
          next try at <LocalTime iso={waiting.retryAt} show="time" />
        </>
      )}
    </>
  );
}

/** What the meaning of the last reply says about a waiting row. Other meanings get the general words above. */
const WAITING_FOR: Readonly<Record<string, string>> = {
  greylisted: 'Greylisted',
  rate_limited: 'Told to slow down',
  temporary_failure: 'Temporary failure',
  sender_blocked: 'Refused us',
  sender_rejected: 'Refused us',
  relay_denied: 'Refused us',
  policy_other: 'Refused us',
  connect_failed: 'No connection',
  no_response: 'No response',
  disconnected: 'Disconnected',
  timeout: 'No answer in time',
  dns_temporary_error: 'Name servers failed',
};

function ResultCard({ item, href }: { item: ListResultRow; href: string }) {
  return (
    <li className="border-b border-hairline last:border-b-0">
      <Link href={href} scroll={false} prefetch={false} className="block px-4 py-3 -outline-offset-2 hover:bg-raised">
        <span className="flex items-baseline justify-between gap-3 text-table">
          <BreakableName name={item.email} />
          <span className="shrink-0 text-muted tabular-nums">row {formatCount(item.row)}</span>
        </span>
        <span className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-table text-muted">
          <VerdictBadge status={item.status} />
          <span>
            <ReasonOrWait item={item} />
          </span>
        </span>
      </Link>
    </li>
  );
}
