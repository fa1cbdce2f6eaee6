import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  Clock,
  Columns3,
  FileSearch,
  Trash2,
  Upload,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { cn } from '@/components/ui/cn';
import { needsColumn, type ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { LIST_STATE_LABEL } from './list-status-copy';

const LOOKS: Record<ListStatus, { Icon: ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>; tint: string }> = {
  uploading: { Icon: Upload, tint: 'bg-info-tint text-info' },
  parsing: { Icon: FileSearch, tint: 'bg-info-tint text-info' },
  ready: { Icon: CirclePlay, tint: 'bg-info-tint text-info' },
  queued: { Icon: Clock, tint: 'bg-info-tint text-info' },
  running: { Icon: CircleDashed, tint: 'bg-info-tint text-info' },
  paused: { Icon: CirclePause, tint: 'bg-warning-tint text-warning' },
  completed: { Icon: CircleCheck, tint: 'bg-success-tint text-success' },
  cancelled: { Icon: Ban, tint: 'bg-unknown-tint text-unknown' },
  failed: { Icon: CircleAlert, tint: 'bg-danger-tint text-danger' },
  expired: { Icon: Trash2, tint: 'bg-unknown-tint text-unknown' },
};

const NEEDS_COLUMN = { Icon: Columns3, tint: 'bg-warning-tint text-warning' } as const;

/** A list's status as an icon and a word, never by color alone. */
export function ListStatusBadge({ list }: { list: Pick<ListView, 'status' | 'failure'> }) {
  const { status } = list;
  const waits = needsColumn(list);
  const { Icon, tint } = waits ? NEEDS_COLUMN : LOOKS[status];
  return (
    <span
      data-status={status}
      className={cn('inline-flex items-center gap-1.5 rounded-control px-2 py-0.5 text-meta font-medium whitespace-nowrap', tint)}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {waits ? 'Choose a column' : LIST_STATE_LABEL[status]}
    </span>
  );
}
