import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { WorkersView, WorkerView } from '@/lib/operator/rules';
import { formatCount } from '@/lib/platform/numbers';

/** The workers that ask mail hosts; a plain warning if there are none. */
export function WorkersCard({ alive, silent }: WorkersView) {
  const [lost] = silent;
  return (
    <Card
      title="Workers"
      description={alive.length === 0 ? undefined : `${formatCount(alive.length)} alive, by their heartbeat.`}
      padded={false}
      footer={alive.length > 0 && lost ? <Lost worker={lost} more={silent.length - 1} /> : undefined}
    >
      {alive.length === 0 ? <NoWorker lost={lost} /> : <WorkerTable workers={alive} />}
    </Card>
  );
}

const NoWorker = ({ lost }: { lost: WorkerView | undefined }) => (
  <div className="px-4 pb-4 sm:px-5 sm:pb-5">
    <Alert tone="warning" title="No worker is alive">
      Checks are accepted and wait; no mail host is asked until a worker runs on this database.
      {lost && (
        <>
          {' '}
          The last one ran on <span className="font-mono">{hostName(lost)}</span> (process {lost.pid}); its last heartbeat was{' '}
          <HeartbeatAge worker={lost} />.
        </>
      )}
    </Alert>
  </div>
);

const Lost = ({ worker, more }: { worker: WorkerView; more: number }) => (
  <>
    Process {worker.pid} on <span className="font-mono">{hostName(worker)}</span> last sent a heartbeat{' '}
    <HeartbeatAge worker={worker} />
    {more > 0 && `, and ${formatCount(more)} more within a day`}. Its jobs went back to the queue.
  </>
);

function WorkerTable({ workers }: { workers: readonly WorkerView[] }) {
  return (
    <Table label="Workers">
      <thead>
        <tr>
          <Th>Host</Th>
          <Th className="hidden text-right sm:table-cell">Process</Th>
          <Th className="text-right">
            Jobs<span className="max-sm:sr-only"> under way</span>
          </Th>
          <Th className="hidden sm:table-cell">Started</Th>
          <Th className="text-right">Heartbeat</Th>
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => (
          <Tr key={worker.workerId}>
            <Td className="w-full max-w-0 min-w-20 truncate font-mono sm:min-w-28" title={worker.host}>
              {hostName(worker)}
            </Td>
            <Td className="hidden text-right font-mono sm:table-cell">{worker.pid}</Td>
            <Td className="text-right">{formatCount(worker.jobs)}</Td>
            <Td className="hidden whitespace-nowrap text-muted sm:table-cell">
              <RelativeTime iso={worker.startedAt} />
            </Td>
            <Td className="text-right whitespace-nowrap text-muted">
              <HeartbeatAge worker={worker} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

const SECONDS_TOLD = 120;

/** Shown in seconds at first: 2 means well, 28 means nearly dead. */
function HeartbeatAge({ worker: { beatAt, silentS } }: { worker: WorkerView }) {
  if (silentS > SECONDS_TOLD) return <RelativeTime iso={beatAt} />;
  return (
    <time dateTime={beatAt} title={beatAt}>
      {silentS} s ago
    </time>
  );
}

/** The machine's name is followed by its process namespace, which means nothing to people. */
const hostName = ({ host }: WorkerView): string => host.split(' ')[0] ?? host;
