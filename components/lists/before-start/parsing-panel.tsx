'use client';

import { Card } from '@/components/ui/card';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { ListView } from '@/lib/lists/rules/view';
import { bytesWords } from '@/lib/lists/rules/storage';
import { formatCount } from '@/lib/platform/numbers';
import { DiscardList, type ListAct } from './discard-list';
import { useIntake } from './use-intake';

/** A worker is reading the file. */
export function ParsingPanel({ list, discard }: { list: ListView; discard: ListAct }) {
  const { file } = useIntake(list);
  const { parsedBytes, receivedBytes, rowsRead } = file;
  const share = parsedBytes > 0 && receivedBytes > 0 ? parsedBytes / receivedBytes : null;
  return (
    <Card title={share !== null && share >= 1 ? 'Counting the addresses' : 'Reading the file'}>
      <ProgressBar share={share} label="Reading the file" />
      <p role="status" className="mt-2 text-table text-muted tabular-nums">
        {share === null
          ? 'Waiting for a worker.'
          : [
              `${Math.floor(Math.min(1, share) * 100)}%`,
              `${bytesWords(parsedBytes)} of ${bytesWords(receivedBytes)}`,
              rowsRead > 0 && `${formatCount(rowsRead)} rows so far`,
            ]
              .filter(Boolean)
              .join(' · ')}
      </p>
      <p className="mt-4 text-table text-muted">
        Rows are read, addresses found and duplicates matched. Then you see what the list holds and the most it can cost.
      </p>
      <div className="mt-4">
        <DiscardList listId={list.id} discard={discard} />
      </div>
    </Card>
  );
}
