'use client';

import { ChevronDown, Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { isEmptyFilter, type ListFilter, type ListView } from '@/lib/lists/rules/view';
import { FINAL_STATUSES } from '@/lib/verdict/verdict';
import { ExportDialog } from './export-dialog';
import { everythingWords, rowsWords } from './segment-counts';

interface DownloadMenuProps {
  list: ListView;
  filter: ListFilter;
  /** How many addresses the filter shows, if they are counted. */
  shown: number | null;
}

interface Choice {
  label: string;
  words: string;
  fields: ListFilter;
}

const ITEM =
  'flex h-8 cursor-pointer items-center justify-between gap-6 rounded-control px-2 text-body outline-none data-highlighted:bg-hover pointer-coarse:h-10';

/** The download that most people want takes one click. Every other part of a finished list takes two. */
export function DownloadMenu({ list, filter, shown }: DownloadMenuProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  const [first, ...others] = choicesOf(list);
  if (first === undefined) return null;
  const rest = isEmptyFilter(filter)
    ? others
    : [{ label: 'What the table shows', words: shown === null ? '' : rowsWords(list, shown), fields: filter }, ...others];
  return (
    <div className="flex">
      <Button className="rounded-r-none" onClick={() => download(list.id, first.fields)}>
        <Download aria-hidden="true" className="size-4" />
        {`Download ${first.label.toLowerCase()} · ${first.words}`}
      </Button>
      {/* Not modal: its items open a dialog, which could not take the focus from a modal menu. */}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button aria-label="More downloads" className="rounded-l-none border-l-bg px-2">
            <ChevronDown aria-hidden="true" className="size-4" />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-30 min-w-64 rounded-card border border-hairline bg-float p-1 shadow-float"
        >
          {rest.map(({ label, words, fields }) => (
            <DropdownMenu.Item key={label} className={ITEM} onSelect={() => download(list.id, fields)}>
              {label}
              <span className="text-table text-muted tabular-nums">{words}</span>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="my-1 h-px bg-hairline" />
          <DropdownMenu.Item className={ITEM} onSelect={() => setIsChoosing(true)}>
            Choose rows, columns and file…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      <ExportDialog list={list} filter={filter} shown={shown} open={isChoosing} onOpenChange={setIsChoosing} />
    </div>
  );
}

/** One choice for each verdict that the list has, deliverable first, and one for everything. */
function choicesOf(list: ListView): Choice[] {
  const { counts } = list.progress;
  const verdicts = FINAL_STATUSES.filter((status) => counts[status] > 0).map((status) => ({
    label: STATUS_LABEL[status],
    words: rowsWords(list, counts[status]),
    fields: { status },
  }));
  const everything = { label: 'Everything', words: everythingWords(list), fields: {} };
  return counts.deliverable > 0 ? [...verdicts, everything] : [everything, ...verdicts];
}

/** Submits a form: the response is the file, so the page stays as it is. */
function download(listId: string, fields: ListFilter): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = `/api/lists/${listId}/downloads`;
  for (const name of ['status', 'reason', 'provider', 'q'] as const) {
    const value = fields[name];
    if (value === undefined) continue;
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.requestSubmit();
  form.remove();
}
