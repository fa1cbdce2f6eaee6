import { MailCheck } from 'lucide-react';
import { cn } from '@/lib/cn';
import type { ListColumn } from '@/lib/domain/list-view';
import { columnName } from './column-name';
import { shownColumns } from './shown-columns';

interface PreviewTableProps {
  columns: readonly ListColumn[];
  chosen: number;
  onChoose: (column: number) => void;
}

/** The first rows of the file. Columns can be chosen by their heads. */
export function PreviewTable({ columns, chosen, onChoose }: PreviewTableProps) {
  const shown = shownColumns(columns.length, chosen);
  const rows = Math.max(0, ...columns.map(({ samples }) => samples.length));
  const hidden = columns.length - shown.length;
  return (
    <>
      <div
        role="region"
        aria-label="The first rows"
        tabIndex={0}
        className="overflow-x-auto border-t border-hairline -outline-offset-2"
      >
        <table className="w-full border-collapse text-left text-table">
          <thead>
            <tr>
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
            {Array.from({ length: rows }, (_, row) => (
              <tr key={row} className="border-b border-hairline last:border-b-0">
                {shown.map((index) => (
                  <td
                    key={index}
                    className={cn(
                      'h-9 max-w-64 truncate px-4 whitespace-nowrap',
                      index === chosen ? 'bg-info-tint font-mono' : 'text-muted',
                    )}
                  >
                    {columns[index]?.samples[row]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <p className="border-t border-hairline px-4 py-3 text-table text-muted sm:px-5">
          {hidden === 1 ? 'One more column is' : `${hidden.toLocaleString('en')} more columns are`} in the file and in the export,
          not in this preview.
        </p>
      )}
    </>
  );
}
