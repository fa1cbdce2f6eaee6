import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { isDue } from '@/components/ui/is-due';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { cn } from '@/components/ui/cn';
import type { TaskQueueView } from '@/lib/operator/rules';
import { formatCount } from '@/lib/platform/numbers';

/** What workers are doing and what is waiting for them, by task. */
export function QueueCard({ tasks }: { tasks: readonly TaskQueueView[] }) {
  return (
    <Card title="Queue" padded={false} footer={tasks.length > 0 ? <Legend /> : undefined}>
      {tasks.length === 0 ? (
        <p className="px-4 pb-4 text-body text-muted sm:px-5 sm:pb-5">The queue is empty.</p>
      ) : (
        <>
          <Totals tasks={tasks} />
          <TaskTable tasks={tasks} />
        </>
      )}
    </Card>
  );
}

const Legend = () => (
  <>
    Due later: addresses that are asked again at their time, and jobs to be retried after an error on our side. Failed jobs are
    out of attempts: the worker’s log says why, and checks among them end as unknown and cost nothing.
  </>
);

const COUNTS = [
  { key: 'running', label: 'Running' },
  { key: 'waiting', label: 'Waiting' },
  { key: 'later', label: 'Due later' },
  { key: 'failed', label: 'Failed' },
] as const;

/** The totals over all tasks. */
function Totals({ tasks }: { tasks: readonly TaskQueueView[] }) {
  return (
    <dl className="grid grid-cols-2 gap-px border-y border-hairline bg-hairline sm:grid-cols-4">
      {COUNTS.map(({ key, label }) => {
        const total = tasks.reduce((sum, task) => sum + task[key], 0);
        return (
          <div key={key} className="bg-card px-4 py-3 sm:px-5">
            <dt className="text-table text-muted">{label}</dt>
            <dd className={cn('text-section font-semibold tabular-nums', key === 'failed' && total > 0 && 'text-danger')}>
              {formatCount(total)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function TaskTable({ tasks }: { tasks: readonly TaskQueueView[] }) {
  return (
    <Table label="Queue by task">
      <thead>
        <tr>
          <Th>Task</Th>
          {COUNTS.map(({ key, label }) => (
            <Th key={key} className="hidden text-right sm:table-cell sm:px-2">
              {label}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <TaskRow key={task.task} task={task} />
        ))}
      </tbody>
    </Table>
  );
}

/** On a phone, the numbers that are not zero and their notes stand in words below the task's name. */
function TaskRow({ task }: { task: TaskQueueView }) {
  const oldest = task.waitingSince !== null && (
    <>
      oldest due <RelativeTime iso={task.waitingSince} />
    </>
  );
  const next = task.nextAt !== null && (
    <>
      {isDue(task.nextAt) ? (
        'next now'
      ) : (
        <>
          next <RelativeTime iso={task.nextAt} />
        </>
      )}
      {task.afterError > 0 && `, ${formatCount(task.afterError)} after an error`}
    </>
  );
  const counted = COUNTS.filter(({ key }) => task[key] > 0);
  return (
    <Tr>
      <Td className="w-full py-3 align-top">
        <span className="font-mono break-all sm:whitespace-nowrap">{task.task}</span>
        <div className="text-meta text-muted sm:hidden">
          <p>{counted.map(({ key, label }) => `${formatCount(task[key])} ${label.toLowerCase()}`).join(', ')}</p>
          <p>{oldest}</p>
          <p>{next}</p>
        </div>
      </Td>
      <Count value={task.running} />
      <Count value={task.waiting} note={oldest} />
      <Count value={task.later} note={next} />
      <Count value={task.failed} isBad />
    </Tr>
  );
}

function Count({ value, isBad = false, note }: { value: number; isBad?: boolean; note?: ReactNode }) {
  const tone = value === 0 ? 'text-subtle' : isBad ? 'font-medium text-danger' : undefined;
  return (
    <Td className={cn('hidden py-3 text-right align-top sm:table-cell sm:px-2', tone)}>
      {formatCount(value)}
      {note && <p className="text-meta whitespace-nowrap text-muted">{note}</p>}
    </Td>
  );
}
