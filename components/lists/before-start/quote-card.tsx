import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { ListQuote } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';

interface QuoteCardProps {
  quote: ListQuote;
  /** The name of the column that holds the addresses. */
  column: string | null;
  /** Shown beside the number of rejected rows, e.g. their download. */
  rejectedAction?: ReactNode;
}

/** What the file contains and the most it can cost, from its rows down to its credits. */
export function QuoteCard({ quote, column, rejectedAction }: QuoteCardProps) {
  const exact = quote.duplicates - quote.canonicalDuplicates;
  return (
    <Card title="What’s in the file" description={column !== null && <>Addresses are read from the column “{column}”.</>}>
      <dl className="text-body">
        <Line
          term="Rows"
          hint={quote.severalAddresses > 0 ? severalWords(quote.severalAddresses) : undefined}
          value={quote.rows}
        />
        <Line term="Exact duplicates" value={exact} isLess />
        <Line
          term="Other spellings of the same mailbox"
          hint="A.Jones+news@gmail.com for ajones@gmail.com"
          value={quote.canonicalDuplicates}
          isLess
        />
        <Line
          term="Rows without an address"
          value={quote.rejected}
          isLess
          action={quote.rejected > 0 ? rejectedAction : undefined}
        />
        <Line term="Addresses to verify" value={quote.unique} isSum />
        <Line term="Wrong syntax" hint="Found without asking a server" value={quote.syntaxInvalid} isLess />
        <Line term="Known from the last 24 hours" hint="Remembered in this workspace, so free" value={quote.knownRecent} isLess />
        <Line term="Credits, at most" value={quote.maxCredits} isSum />
      </dl>
    </Card>
  );
}

/** Explains, next to the row count, why there are more rows than in the file. */
const severalWords = (rows: number): string =>
  rows === 1
    ? 'One row of the file holds several addresses; each is verified on its own line.'
    : `${formatCount(rows)} rows of the file hold several addresses; each is verified on its own line.`;

interface LineProps {
  term: string;
  hint?: string | undefined;
  value: number;
  /** The number is subtracted from the ones above it. */
  isLess?: boolean;
  isSum?: boolean;
  action?: ReactNode;
}

function Line({ term, hint, value, isLess = false, isSum = false, action }: LineProps) {
  return (
    <div
      className={cn(
        'flex items-baseline justify-between gap-4 py-1.5',
        isSum ? 'border-t border-hairline pt-2 font-semibold not-last:mb-2' : value === 0 && 'text-muted',
      )}
    >
      <dt>
        {term}
        {hint !== undefined && value !== 0 && <span className="block text-table font-normal text-muted">{hint}</span>}
        {action}
      </dt>
      <dd className="shrink-0 whitespace-nowrap tabular-nums">
        {isLess && value > 0 ? `−${formatCount(value)}` : formatCount(value)}
      </dd>
    </div>
  );
}
