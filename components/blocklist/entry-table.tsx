'use client';

import { toast } from 'sonner';
import { BreakableName } from '@/components/ui/breakable-name';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { BlocklistEntryView } from '@/lib/blocklist/rules';
import { problemOf, type ButtonAction } from '@/lib/platform/form-state';

interface EntryTableProps {
  entries: readonly BlocklistEntryView[];
  remove: ButtonAction<string>;
}

export function EntryTable({ entries, remove }: EntryTableProps) {
  return (
    <Table label="Blocklist">
      <thead>
        <tr>
          <Th>Entry</Th>
          <Th className="hidden sm:table-cell">Blocks</Th>
          <Th className="hidden sm:table-cell">Added</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Tr key={entry.entry}>
            <Td>
              <BreakableName name={entry.text} />
              <span className="block text-meta text-muted sm:hidden">
                {blocksWords(entry)} · added <RelativeTime iso={entry.addedAt} />
              </span>
            </Td>
            <Td className="hidden whitespace-nowrap text-muted sm:table-cell">{blocksWords(entry)}</Td>
            <Td className="hidden whitespace-nowrap text-muted sm:table-cell">
              <RelativeTime iso={entry.addedAt} />
            </Td>
            <Td className="text-right">
              <RemoveButton entry={entry} remove={remove} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

const blocksWords = ({ isDomain }: BlocklistEntryView): string => (isDomain ? 'All its addresses' : 'One mailbox');

function RemoveButton({ entry: { entry, text, isDomain }, remove }: { entry: BlocklistEntryView; remove: ButtonAction<string> }) {
  const confirm = async () => {
    const problem = problemOf(await remove(entry));
    if (problem === null) toast.success(`${text} is no longer blocked.`);
    else toast.error(problem);
  };
  return (
    <ConfirmDialog
      title={<span className="break-all">Remove {text}?</span>}
      description={`The next check of ${isDomain ? 'an address at this domain' : 'this address'} asks its mail server again, and may cost a credit.`}
      confirmLabel="Remove"
      keepLabel="Keep it"
      trigger={
        <Button variant="secondary" size="sm">
          Remove
          <span className="sr-only"> {text}</span>
        </Button>
      }
      onConfirm={confirm}
    />
  );
}
