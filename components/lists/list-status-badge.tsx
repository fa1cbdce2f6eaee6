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
import { Badge, type BadgeLook } from '@/components/ui/badge';
import { needsColumn, type ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';

const LOOKS: Record<ListStatus, BadgeLook> = {
  uploading: { label: 'Uploading', tone: 'info', Icon: Upload },
  parsing: { label: 'Being read', tone: 'info', Icon: FileSearch },
  ready: { label: 'Ready to start', tone: 'info', Icon: CirclePlay },
  queued: { label: 'Waiting', tone: 'info', Icon: Clock },
  running: { label: 'Running', tone: 'info', Icon: CircleDashed },
  paused: { label: 'Paused', tone: 'warning', Icon: CirclePause },
  completed: { label: 'Completed', tone: 'success', Icon: CircleCheck },
  cancelled: { label: 'Canceled', tone: 'neutral', Icon: Ban },
  failed: { label: 'Failed', tone: 'danger', Icon: CircleAlert },
  expired: { label: 'Rows deleted', tone: 'neutral', Icon: Trash2 },
};

const NEEDS_COLUMN: BadgeLook = { label: 'Choose a column', tone: 'warning', Icon: Columns3 };

export const ListStatusBadge = ({ list }: { list: Pick<ListView, 'status' | 'failure'> }) => (
  <Badge look={needsColumn(list) ? NEEDS_COLUMN : LOOKS[list.status]} status={list.status} />
);
