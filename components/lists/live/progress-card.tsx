import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ChartFigure } from '@/components/ui/charts/chart-figure';
import { ProgressBar } from '@/components/ui/progress-bar';
import { VERDICT_SERIES } from '@/components/verification/verdict-series';
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';
import { durationWords } from './duration-words';
import { GradeLine } from './grade-line';
import { VerdictTiles } from './verdict-tiles';

interface ProgressCardProps {
  list: ListView;
  isLineUp: boolean;
  /** What the list is doing, in one sentence. */
  sentence: ReactNode;
}

/** A list's progress, its speed, the verdicts so far, and what they cost. */
export function ProgressCard({ list, isLineUp, sentence }: ProgressCardProps) {
  const { progress, status } = list;
  const isAtWork = status === 'queued' || status === 'running';
  const share = progress.total === 0 ? 1 : progress.processed / progress.total;
  return (
    <Card title={isSettled(status) ? 'Verdicts' : 'Progress'} actions={<Pace list={list} />}>
      <p aria-live="polite" className="text-body">
        {sentence}
      </p>
      {!isLineUp && (
        <p role="status" className="mt-1 text-table text-muted">
          Reconnecting… These are the latest figures we have; the list keeps running.
        </p>
      )}
      {(isAtWork || status === 'paused') && <ProgressBar share={share} label="Progress of the list" className="mt-3" />}
      <VerdictTiles list={list} />
      <Mix list={list} />
      <GradeLine list={list} />
      <Cost list={list} />
    </Card>
  );
}

/** The bar ends with the addresses that have no verdict yet. */
const MIX_SERIES = [...VERDICT_SERIES, { key: 'open', label: 'No verdict yet', color: 'pending' }] as const;

function Mix({ list: { name, progress } }: { list: ListView }) {
  if (progress.total === 0) return null;
  const open = Math.max(0, progress.total - progress.processed);
  return (
    <div className="mt-5">
      <ChartFigure
        name={`Verdicts of the list ${name}.`}
        heading="List"
        layout="rows"
        height={64}
        hasLegend={false}
        series={open === 0 ? VERDICT_SERIES : MIX_SERIES}
        data={[{ key: 'all', label: name, values: { ...progress.counts, open } }]}
        unit={{ one: 'address', many: 'addresses' }}
      />
    </div>
  );
}

/** The recent speed, and the time that the rest will take. */
function Pace({ list: { status, progress } }: { list: ListView }) {
  const { rateASecond, etaS, total, processed, retrying } = progress;
  // Not shown if it is zero, or if all that is left waits for its next try: the sentence says what the list is waiting for.
  const isWaiting = rateASecond === 0 || total - processed <= retrying;
  if (status !== 'running' || rateASecond === null || isWaiting) return null;
  return (
    <p className="text-table text-muted tabular-nums">
      {rateASecond < 10 ? rateASecond : formatCount(Math.round(rateASecond))} a second
      {etaS !== null && etaS > 0 && ` · ${durationWords(etaS)} left`}
    </p>
  );
}

function Cost({ list }: { list: ListView }) {
  const { held, captured, released } = list.progress.credits;
  if (list.test)
    return <p className="mt-4 border-t border-hairline pt-3 text-table text-muted">A test list: it costs nothing.</p>;
  return (
    <dl className="mt-4 flex flex-wrap gap-x-6 gap-y-1 border-t border-hairline pt-3 text-table">
      <CostPart
        term={isSettled(list.status) ? 'Charged' : 'Charged so far'}
        words={`${formatCount(captured)} ${captured === 1 ? 'credit' : 'credits'}`}
      />
      {held > 0 && <CostPart term="Held for the rest" words={formatCount(held)} />}
      {released > 0 && <CostPart term="Not charged" words={formatCount(released)} />}
    </dl>
  );
}

const CostPart = ({ term, words }: { term: string; words: string }) => (
  <div className="flex gap-1.5">
    <dt className="text-muted">{term}</dt>
    <dd className="font-medium tabular-nums">{words}</dd>
  </div>
);
