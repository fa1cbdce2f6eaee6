'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { RadioCard } from '@/components/ui/radio-card';
import { Select } from '@/components/ui/select';
import { EXPORT_COLUMN_SETS, type ExportColumnSet } from '@/lib/lists/rules/export';
import { isUnderWay, type Segment } from '@/lib/lists/rules/list';
import { isEmptyFilter, type ListFilter, type ListView } from '@/lib/lists/rules/view';
import { ColumnBoxes } from './column-boxes';
import { everythingWords, rowsWords, segmentCounts } from './segment-counts';

interface ExportDialogProps {
  list: ListView;
  /** The filter of the table beside it, so that its rows can be downloaded too, and how many addresses these are, if they are counted. */
  filter?: ListFilter;
  shown?: number | null;
  /** Whether the dialog is open, if another component controls it. Without it, the dialog has its own button. */
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

const FILES = [
  { value: 'excel', label: 'CSV, opens in Excel' },
  { value: 'xlsx', label: 'Excel workbook (XLSX)' },
  { value: 'csv', label: 'CSV, for programs' },
  { value: 'jsonl', label: 'JSON lines' },
] as const;

const SHOWN = 'shown';

/** Chooses the rows and the file type. A plain form: the response is the file, so the page stays as it is. */
export function ExportDialog({ list, filter = {}, shown = null, ...control }: ExportDialogProps) {
  return (
    <Dialog
      title="Download results"
      description="Your own columns, in their order, with the verdicts beside them."
      className="max-w-lg"
      {...control}
      trigger={
        control.open === undefined ? (
          <Button variant="secondary">
            <Download aria-hidden="true" className="size-4" />
            Download
          </Button>
        ) : undefined
      }
    >
      <ExportForm list={list} filter={filter} shown={shown} />
    </Dialog>
  );
}

function ExportForm({ list, filter, shown }: Required<Pick<ExportDialogProps, 'list' | 'filter' | 'shown'>>) {
  const isFiltered = !isEmptyFilter(filter);
  const [rows, setRows] = useState<string>(isFiltered ? SHOWN : 'all');
  const [sets, setSets] = useState<readonly ExportColumnSet[]>(EXPORT_COLUMN_SETS);
  return (
    <form method="post" action={`/api/lists/${list.id}/downloads`} className="flex flex-col gap-4">
      {rows === SHOWN && <FilterFields filter={filter} />}
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-2 text-table font-medium">Rows</legend>
        {isFiltered && (
          <RadioCard
            name="segment"
            value="all"
            label="What the table shows"
            hint={shown === null ? 'By the filters you have set.' : `${rowsWords(list, shown)}, by the filters you have set.`}
            checked={rows === SHOWN}
            onChange={() => setRows(SHOWN)}
          />
        )}
        {segmentCounts(list).map(({ segment, label, addresses }) => (
          <RadioCard
            key={segment}
            name="segment"
            value={segment}
            label={label}
            hint={hintOf(list, segment, addresses)}
            checked={rows === segment}
            onChange={() => setRows(segment)}
          />
        ))}
      </fieldset>
      <ColumnBoxes list={list} sets={sets} onChange={setSets} />
      <Field label="File" htmlFor="export-file">
        <Select id="export-file" name="file" defaultValue="excel">
          {FILES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <p className="text-table text-muted">{noteOf(list)}</p>
      <Button type="submit" className="self-end" disabled={sets.length === 0}>
        Download
      </Button>
    </form>
  );
}

/** For a list that has ended, "everything" is its whole file. */
function hintOf(list: ListView, segment: Segment, addresses: number): string {
  return segment === 'all' && !isUnderWay(list.status) ? everythingWords(list) : rowsWords(list, addresses);
}

const FilterFields = ({ filter }: { filter: ListFilter }) =>
  (['status', 'reason', 'grade', 'provider', 'q'] as const).map((name) => {
    const value = filter[name];
    return value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />;
  });

function noteOf(list: ListView): string {
  const duplicates = (list.quote?.duplicates ?? 0) > 0 ? 'Duplicates come along, with the verdict of their first row. ' : '';
  const soFar = isUnderWay(list.status) ? 'The list is still being verified: the file has what is final so far. ' : '';
  return `${soFar}${duplicates}Cells that a spreadsheet would run as formulas are escaped.`;
}
