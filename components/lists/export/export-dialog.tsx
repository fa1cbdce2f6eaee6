'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { RadioCard } from '@/components/ui/radio-card';
import { Select } from '@/components/ui/select';
import { isUnderWay } from '@/lib/domain/export';
import { isEmptyFilter, type ListFilter } from '@/lib/domain/list-filter';
import type { Segment } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { count } from '../list-progress';
import { segmentCounts } from './segment-counts';

interface ExportDialogProps {
  list: ListView;
  /** Of the table beside it: what it shows can be taken away as well. */
  filter?: ListFilter;
}

const FILES = [
  { value: 'excel', label: 'CSV, opens in Excel' },
  { value: 'xlsx', label: 'Excel workbook (XLSX)' },
  { value: 'csv', label: 'CSV, for programs' },
  { value: 'jsonl', label: 'JSON lines' },
] as const;

const SHOWN = 'shown';

/** Chooses rows and kind of file. A plain form: its answer is the file, and the page stays where it is. */
export function ExportDialog({ list, filter = {} }: ExportDialogProps) {
  return (
    <Dialog
      title="Download results"
      description="Your own columns, in their order, with the verdicts beside them."
      className="max-w-lg"
      trigger={
        <Button variant="secondary">
          <Download aria-hidden="true" className="size-4" />
          Download
        </Button>
      }
    >
      <ExportForm list={list} filter={filter} />
    </Dialog>
  );
}

function ExportForm({ list, filter }: Required<ExportDialogProps>) {
  const isFiltered = !isEmptyFilter(filter);
  const [rows, setRows] = useState<string>(isFiltered ? SHOWN : 'all');
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
            hint="By the filters you have set."
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
      <Button type="submit" className="self-end">
        Download
      </Button>
    </form>
  );
}

/** Everything of a list that has ended is its whole file; all else is counted in addresses. */
function hintOf(list: ListView, segment: Segment, addresses: number): string {
  if (segment === 'all' && !isUnderWay(list.state)) return `${count(list.quote?.rows ?? 0)} rows`;
  return `${count(addresses)} ${addresses === 1 ? 'address' : 'addresses'}`;
}

const FilterFields = ({ filter }: { filter: ListFilter }) =>
  (['status', 'reason', 'provider', 'q'] as const).map((name) => {
    const value = filter[name];
    return value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />;
  });

function noteOf(list: ListView): string {
  const duplicates = (list.quote?.duplicates ?? 0) > 0 ? 'Duplicates come along, with the verdict of their first row. ' : '';
  const soFar = isUnderWay(list.state) ? 'The list is still being verified: the file has what is final so far. ' : '';
  return `${soFar}${duplicates}Cells that a spreadsheet would take for formulas are made harmless.`;
}
