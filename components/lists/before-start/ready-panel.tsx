import Link from 'next/link';
import type { ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { needsColumn } from '@/lib/lists/rules/list';
import type { ListQuote, ListView } from '@/lib/lists/rules/view';
import type { FormAction } from '@/lib/platform/form-state';
import { formatCount } from '@/lib/platform/numbers';
import { ColumnChoiceCard, type ChooseColumn } from './column-choice';
import { columnName } from './column-name';
import { QuoteCard } from './quote-card';
import { StartCard } from './start-card';

interface ReadyPanelProps {
  list: ListView;
  available: number;
  buyHref: string;
  start: FormAction;
  chooseColumn: ChooseColumn;
  rejectedAction?: ReactNode;
}

/** For a file that has only a header. */
const NO_ROWS: ListQuote = {
  rows: 0,
  unique: 0,
  duplicates: 0,
  canonicalDuplicates: 0,
  syntaxInvalid: 0,
  rejected: 0,
  severalAddresses: 0,
  knownRecent: 0,
  maxCredits: 0,
};

/** A list that has been read: what it contains, what it can cost, and its start. */
export function ReadyPanel({ list, available, buyHref, start, chooseColumn, rejectedAction }: ReadyPanelProps) {
  if (needsColumn(list)) return <ColumnNeeded list={list} chooseColumn={chooseColumn} />;
  const quote = list.quote ?? NO_ROWS;
  const hasChoice = list.columns.length > 1 && list.emailColumn !== null;
  const isTable = list.columns.length > 0 && list.source !== 'api';
  return (
    <div className="flex flex-col gap-4">
      {list.failureDetail !== null && (
        <Alert tone="warning" title="It was set to start on its own, but couldn’t">
          {list.failureDetail}
        </Alert>
      )}
      {list.expiresAt !== null && (
        <p className="text-table text-muted">
          Start it by <LocalTime iso={list.expiresAt} show="date" />, or it will be deleted. Once it is done, its rows are kept
          for {list.retentionDays === 1 ? 'a day' : `${list.retentionDays} days`}.
        </p>
      )}
      {quote.unique === 0 && <NothingUsable quote={quote} />}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <QuoteCard
          quote={quote}
          column={hasChoice ? columnName(list.columns, list.emailColumn ?? 0) : null}
          rejectedAction={rejectedAction}
        />
        {quote.unique > 0 && (
          <StartCard listId={list.id} quote={quote} isFree={list.test} available={available} buyHref={buyHref} action={start} />
        )}
      </div>
      {isTable && (
        <ColumnChoiceCard key={`${list.emailColumn ?? ''}-${String(list.hasHeader)}`} list={list} choose={chooseColumn} />
      )}
    </div>
  );
}

/**
 * None of the file's columns hold addresses, or the requested one does not. Nothing is lost: the file is kept, and a column can be chosen.
 */
function ColumnNeeded({ list, chooseColumn }: { list: ListView; chooseColumn: ChooseColumn }) {
  return (
    <div className="flex flex-col gap-4">
      <Alert
        tone="warning"
        title="Which column holds the addresses?"
        actions={
          <Button asChild variant="secondary" size="sm">
            <Link href="/lists/new">Upload another file</Link>
          </Button>
        }
      >
        {list.failureDetail} Choose one below, or upload another file. Nothing is charged for reading it again.
      </Alert>
      <ColumnChoiceCard list={list} choose={chooseColumn} />
    </div>
  );
}

const NothingUsable = ({ quote }: { quote: ListQuote }) => (
  <Alert
    tone="warning"
    title="0 usable addresses"
    actions={
      <Button asChild variant="secondary" size="sm">
        <Link href="/lists/new">Upload another file</Link>
      </Button>
    }
  >
    None of the {formatCount(quote.rows)} rows has an address in the chosen column. Choose another column below, or upload another
    file.
  </Alert>
);
