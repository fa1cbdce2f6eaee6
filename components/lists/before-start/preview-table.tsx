import { MailCheck } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { ListColumn, ListPreviewRow } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';
import { columnName } from './column-name';
import { shownColumns } from './shown-columns';

interface PreviewTableProps {
  columns: readonly ListColumn[];
  rows: readonly ListPreviewRow[];
  /** Null if no column is chosen yet. */
  chosen: number | null;
  onChoose: (column: number) => void;
}

/** The first rows of the file, with their line numbers. The column headers are buttons that choose a column. */
export function PreviewTable({ columns, rows, chosen, onChoose }: PreviewTableProps) {
  const shown = shownColumns(columns.length, chosen);
  const hidden = columns.length - shown.length;
  return (
    <>
      <div
        role="region"
        aria-label="The first rows"
        tabIndex={0}
        className="scrolls-x relative overflow-x-auto border-t border-hairline -outline-offset-2"
      >
        <table className="w-full border-collapse text-left text-table">
          <thead>
            <tr>
              <th scope="col" className="w-px border-b border-hairline px-4 text-right text-meta font-medium text-muted">
                Line
              </th>
              {shown.map((index) => (
                <th key={index} scope="col" className={cn('border-b border-hairline p-0', index === chosen && 'bg-info-tint')}>
                  <button
                    type="button"
                    aria-pressed={index === chosen}
                    onClick={() => onChoose(index)}
                    className={cn(
                      'flex h-9 w-full items-center gap-1.5 px-4 text-left text-meta font-medium whitespace-nowrap -outline-offset-2',
                      index === chosen ? 'text-info' : 'text-muted hover:text-fg',
                    )}
                  >
                    {index === chosen && <MailCheck aria-hidden="true" className="size-3.5" />}
                    <span className="max-w-48 truncate">{columnName(columns, index)}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, cells }, at) => (
              <tr key={at} className="border-b border-hairline last:border-b-0">
                <th scope="row" className="px-4 text-right font-normal text-muted tabular-nums">
                  {formatCount(line)}
                </th>
                {shown.map((index) => (
                  <td
                    key={index}
                    className={cn(
                      'h-9 max-w-64 truncate px-4 whitespace-nowrap',
                      index === chosen ? 'bg-info-tint font-mono' : 'text-muted',
                    )}
                  >
                    {cells[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <p className="border-t border-hairline px-4 py-3 text-table text-muted sm:px-5">
          {hidden === 1 ? 'One more column is' : `${formatCount(hidden)} more columns are`} in the file and in the export, not in
          this preview.
        </p>
      )}
    </>
  );
}
