import type { ReactNode } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ListView } from '@/lib/lists/rules/view';
import { bytesWords } from '@/lib/lists/rules/storage';
import { ListStatusBadge } from './list-status-badge';

/** A list's name, status and origin. */
export function ListHeader({ list, actions }: { list: ListView; actions?: ReactNode }) {
  return (
    <PageHeader
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 break-words">{list.name}</span>
          <ListStatusBadge list={list} />
        </span>
      }
      description={
        <>
          {originWords(list)}&nbsp;·{' '}
          <span className="whitespace-nowrap">
            <RelativeTime iso={list.createdAt} />
          </span>
        </>
      }
      actions={actions}
    />
  );
}

/** With word joiners, so that a line never ends on a hyphen. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'UTF\u2060-\u20608',
  'utf-16le': 'UTF\u2060-\u206016',
  'utf-16be': 'UTF\u2060-\u206016',
  'windows-1252': 'Windows-1252',
};

function originWords({ source, file, test }: ListView): string {
  const origin = source === 'paste' ? 'Pasted' : source === 'api' ? 'By API' : (file.name ?? 'Uploaded');
  const isUpload = source === 'upload';
  return [
    origin,
    isUpload && file.sizeBytes > 0 && bytesWords(file.sizeBytes),
    isUpload && file.encoding !== null && file.format !== 'xlsx' && (ENCODINGS[file.encoding.toLowerCase()] ?? file.encoding),
    test && 'test, no mail server is asked',
  ]
    .filter(Boolean)
    .join(' · ');
}
