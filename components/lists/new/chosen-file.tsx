'use client';

import { FileSpreadsheet } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { bytesWords } from '@/lib/lists/rules/storage';
import type { ListWish } from '../upload/lists-api';
import { ListSettings } from './list-settings';

interface ChosenFileProps {
  file: File;
  wish: ListWish;
  onWish: (wish: ListWish) => void;
  isBusy: boolean;
  onOther: () => void;
  onSend: () => void;
}

export function ChosenFile({ file, wish, onWish, isBusy, onOther, onSend }: ChosenFileProps) {
  return (
    <form
      aria-label="Upload a list"
      className="max-w-4xl"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <Card>
        <div className="mb-5 flex flex-wrap items-center gap-3">
          <FileSpreadsheet aria-hidden="true" className="size-6 shrink-0 text-subtle" />
          <div className="min-w-0 flex-1">
            <p data-takes-focus tabIndex={-1} className="truncate rounded-control font-medium" title={file.name}>
              {file.name}
            </p>
            <p className="text-table text-muted tabular-nums">{bytesWords(file.size)}</p>
          </div>
          <Button variant="secondary" size="sm" disabled={isBusy} onClick={onOther}>
            Choose another
          </Button>
        </div>
        <ListSettings wish={wish} onChange={onWish} ownName={nameOf(file.name)} />
        <div className="mt-6 flex flex-wrap items-center gap-3">
          <Button type="submit" loading={isBusy}>
            Upload and count · free
          </Button>
          <p className="text-table text-muted">You see what it holds and the most it can cost before anything is verified.</p>
        </div>
      </Card>
    </form>
  );
}

/** `customers.csv.gz` → `customers` */
const nameOf = (fileName: string): string => fileName.replace(/(?:\.(?:csv|tsv|txt|xlsx))?(?:\.gz)?$/i, '');
