import { Card } from '@/components/ui/card';
import { ProgressBar } from '@/components/ui/progress-bar';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import type { ListView } from '@/lib/domain/list-view';
import { FINAL_STATUSES } from '@/lib/domain/verdict';
import { advanceOf, count } from './list-progress';
import { PAUSE_SENTENCE } from './list-state-copy';
import { VerdictBar } from './verdict-bar';

/** How far a started list is, and what came out until now. */
export function ListSummary({ list }: { list: ListView }) {
  const { progress, pauseReason } = list;
  const { share, words } = advanceOf(list);
  return (
    <Card title="Verdicts" description={`${words} addresses have their verdict.`}>
      {pauseReason !== null && <p className="mb-3 text-body">{PAUSE_SENTENCE[pauseReason]}.</p>}
      {share !== null && <ProgressBar share={share} label="Progress" />}
      <VerdictBar counts={progress.counts} total={progress.total} className="mt-4 h-3" />
      <dl className="mt-4 grid grid-cols-2 gap-3 text-body sm:grid-cols-5">
        {FINAL_STATUSES.map((status) => (
          <Figure key={status} term={STATUS_LABEL[status]} value={progress.counts[status]} />
        ))}
        <Figure term="Credits" value={progress.credits.captured} />
      </dl>
    </Card>
  );
}

const Figure = ({ term, value }: { term: string; value: number }) => (
  <div>
    <dt className="text-table text-muted">{term}</dt>
    <dd className="text-section font-semibold tabular-nums">{count(value)}</dd>
  </div>
);
