import { Inbox } from 'lucide-react';
import { Alert } from '@/components/ui/alert';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Meter } from '@/components/ui/meter';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Skeleton } from '@/components/ui/skeleton';
import { Spinner } from '@/components/ui/spinner';
import { Tabs } from '@/components/ui/tabs';
import { PanelSkeleton } from '@/components/dashboard/panel-skeleton';
import { Overlays } from './overlays';
import { Shelf, Specimen } from './shelf';

export const Notices = () => (
  <Shelf id="notices" title="Notices, waiting, emptiness">
    <Alert tone="info" title="Your next credits come on Dec 1">
      100 of them.
    </Alert>
    <Alert tone="success">The rows are kept for 90 days.</Alert>
    <Alert tone="warning" title="The storage of your plan is full" actions={<Button size="sm">See plans</Button>}>
      New lists are refused until there is room.
    </Alert>
    <Alert tone="danger">The file is larger than 100 MB.</Alert>
    <Card padded={false}>
      <EmptyState
        icon={<Inbox aria-hidden="true" />}
        title="No list yet"
        description="Upload a file, see what it holds and the most it can cost, then verify it."
        actions={<Button>Upload a list</Button>}
      />
    </Card>
    <Specimen name="Waiting">
      <Spinner />
      <ProgressBar share={0.4} label="A share" className="w-48" />
      <ProgressBar share={null} label="Nobody knows" className="w-48" />
      <Meter share={0.7} />
      <Skeleton className="w-48" />
    </Specimen>
    <PanelSkeleton />
    <Specimen name="Ways">
      <div className="w-full">
        <Breadcrumb parent={{ href: '/lists', label: 'Lists' }} here="spring customers" />
        <Tabs
          label="Specimen tabs"
          items={[
            { href: '#notices', label: 'All', isCurrent: true },
            { href: '#controls', label: 'Running', isCurrent: false },
          ]}
        />
      </div>
    </Specimen>
    <Overlays />
  </Shelf>
);
