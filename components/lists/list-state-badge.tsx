import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  Clock,
  FileSearch,
  Trash2,
  Upload,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { cn } from '@/lib/cn';
import type { ListState } from '@/lib/domain/list';
import { LIST_STATE_LABEL } from './list-state-copy';

const LOOKS: Record<ListState, { Icon: ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>; tint: string }> = {
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

/** A list's state as icon and word, never by colour alone. */
export function ListStateBadge({ state }: { state: ListState }) {
  const { Icon, tint } = LOOKS[state];
  return (
    <span
      data-state={state}
      className={cn('inline-flex items-center gap-1.5 rounded-control px-2 py-0.5 text-meta font-medium whitespace-nowrap', tint)}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {LIST_STATE_LABEL[state]}
    </span>
  );
}
