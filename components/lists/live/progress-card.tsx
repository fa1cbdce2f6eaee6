import Link from 'next/link';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ProgressBar } from '@/components/ui/progress-bar';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { StatusIcon } from '@/components/verification/status-icon';
import { isSettled } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { FINAL_STATUSES, type FinalStatus } from '@/lib/domain/verdict';
import { count } from '../list-progress';
import { VerdictBar } from '../verdict-bar';
import { durationWords } from './duration-words';

interface ProgressCardProps {
  list: ListView;
  isLineUp: boolean;
  /** What goes on, in a sentence. */
  sentence: ReactNode;
}

/** How far a list is, how fast, what came out until now and what it cost. */
export function ProgressCard({ list, isLineUp, sentence }: ProgressCardProps) {
  const { progress, state } = list;
  const isAtWork = state === 'queued' || state === 'running';
  const share = progress.total === 0 ? 1 : progress.processed / progress.total;
  return (
    <Card title={isSettled(state) ? 'Verdicts' : 'Progress'} actions={<Pace list={list} />}>
      <p aria-live="polite" className="text-body">
        {sentence}
      </p>
      {!isLineUp && (
        <p role="status" className="mt-1 text-table text-muted">
          The line to this page broke and is being restored. The list itself goes on.
        </p>
      )}
      {(isAtWork || state === 'paused') && <ProgressBar share={share} label="Progress of the list" className="mt-3" />}
      <VerdictBar counts={progress.counts} total={progress.total} className="mt-4 h-3" />
      <Legend list={list} />
      <Cost list={list} />
    </Card>
  );
}

/** How fast it is, of late, and how long that will take. */
function Pace({ list: { state, progress } }: { list: ListView }) {
  // A rate of nothing is not worth a word: the sentence says what it waits for.
  if (state !== 'running' || progress.rateASecond === null || progress.rateASecond === 0) return null;
  const { rateASecond, etaS } = progress;
  return (
    <p className="text-table text-muted tabular-nums">
      {rateASecond < 10 ? rateASecond : count(Math.round(rateASecond))} a second
      {etaS !== null && etaS > 0 && ` · ${durationWords(etaS)} left`}
    </p>
  );
}

/** Every verdict with its number; each leads to its rows. */
function Legend({ list }: { list: ListView }) {
  const { counts, total, processed } = list.progress;
  return (
    <ul aria-label="Verdicts" className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-5">
      {FINAL_STATUSES.map((status) => (
        <li key={status}>
          <VerdictFigure list={list} status={status} value={counts[status]} total={total} />
        </li>
      ))}
      {total > processed && (
        <li>
          <Figure
            icon={<StatusIcon status="pending" className="size-3.5" />}
            label={isSettled(list.state) ? 'Not asked' : 'To come'}
            value={total - processed}
            total={total}
          />
        </li>
      )}
    </ul>
  );
}

function VerdictFigure({ list, status, value, total }: { list: ListView; status: FinalStatus; value: number; total: number }) {
  const figure = (
    <Figure icon={<StatusIcon status={status} className="size-3.5" />} label={STATUS_LABEL[status]} value={value} total={total} />
  );
  if (list.state === 'expired' || value === 0) return figure;
  return (
    <Link href={`/lists/${list.id}?status=${status}#results`} className="block rounded-control hover:text-accent">
      {figure}
    </Link>
  );
}

function Figure({ icon, label, value, total }: { icon: ReactNode; label: string; value: number; total: number }) {
  return (
    <>
      <span className="flex items-center gap-1.5 text-table text-muted">
        {icon}
        {label}
      </span>
      <span className="text-section font-semibold tabular-nums">{count(value)}</span>
      {total > 0 && <span className="ml-1.5 text-table text-muted tabular-nums">{percentWords(value, total)}</span>}
    </>
  );
}

/** Rounded, but never a nothing that is something. */
function percentWords(value: number, total: number): string {
  const percent = (value / total) * 100;
  if (value > 0 && percent < 0.1) return '<0.1 %';
  return `${percent < 10 && value > 0 ? percent.toFixed(1) : Math.round(percent)} %`;
}

function Cost({ list }: { list: ListView }) {
  const { held, captured, released } = list.progress.credits;
  if (list.test)
    return <p className="mt-4 border-t border-hairline pt-3 text-table text-muted">A test list: it costs nothing.</p>;
  return (
    <dl className="mt-4 flex flex-wrap gap-x-6 gap-y-1 border-t border-hairline pt-3 text-table">
      <CostPart term="Cost so far" words={`${count(captured)} ${captured === 1 ? 'credit' : 'credits'}`} />
      {held > 0 && <CostPart term="Held for the rest" words={count(held)} />}
      {released > 0 && <CostPart term="Given back" words={count(released)} />}
    </dl>
  );
}

const CostPart = ({ term, words }: { term: string; words: string }) => (
  <div className="flex gap-1.5">
    <dt className="text-muted">{term}</dt>
    <dd className="font-medium tabular-nums">{words}</dd>
  </div>
);
