import Link from 'next/link';
import type { ReactNode } from 'react';
import { BreakableName } from '@/components/ui/breakable-name';
import { cn } from '@/components/ui/cn';
import { Meter } from '@/components/ui/meter';
import type { Evidence, LayerName } from '@/lib/verdict/evidence';
import type { Grade } from '@/lib/verdict/grade';
import type { PolicyName, Reason, Recommendation, Status } from '@/lib/verdict/verdict';
import { codeWords, isCourtesy } from './evidence-timeline';
import { GRADE_LABEL } from './grade-copy';
import { LAYER_COPY } from './layer-copy';
import { reasonLabel, reasonSentence, STATUS_LABEL } from './reason-sentence';
import { POLICY_LABEL, RECOMMENDATION_LABEL } from './recommendation-copy';
import { StatusIcon } from './status-icon';

/** The common parts of a single check and of a list's row. */
export interface Verdict {
  email: string;
  status: Status;
  reason: Reason | null;
  score: number | null;
  grade: Grade | null;
  recommendation: Recommendation | null;
  evidence: readonly Evidence[];
}

interface VerdictHeroProps {
  verdict: Verdict;
  policy: PolicyName;
  deciding: LayerName | null;
  /** Shown in place of the reason's sentence while there is none. */
  note?: ReactNode;
  /** What people can do with the verdict. */
  actions?: ReactNode;
}

const TINTS: Record<Status, string> = {
  deliverable: 'bg-deliverable-tint text-deliverable',
  risky: 'bg-risky-tint text-risky',
  unknown: 'bg-unknown-tint text-unknown',
  undeliverable: 'bg-undeliverable-tint text-undeliverable',
  pending: 'bg-pending-tint text-pending',
};

/** The answer at a glance: what it is, why, what to do, and whether mail would arrive. */
export function VerdictHero({ verdict, policy, deciding, note, actions }: VerdictHeroProps) {
  const { email, status, reason } = verdict;
  return (
    <div className="@container">
      <div
        className={cn(
          'flex flex-wrap items-start gap-x-4 gap-y-3 rounded-t-card px-4 py-5 transition-colors sm:px-6',
          TINTS[status],
        )}
      >
        <StatusIcon status={status} className={cn('size-10', status === 'pending' && 'motion-safe:animate-pulse')} />
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-body">
            <BreakableName name={email} />
          </h2>
          {/* Only this is announced; the layers would interrupt each other. */}
          <div aria-live="polite">
            <p data-status={status} className="text-display font-semibold tracking-tight">
              {STATUS_LABEL[status]}
            </p>
            <p className="mt-1 max-w-3xl text-lead">{note ?? reasonSentence(status, reason)}</p>
          </div>
          <Words evidence={verdict.evidence} deciding={deciding} />
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {status !== 'pending' && <Glance verdict={verdict} policy={policy} deciding={deciding} />}
    </div>
  );
}

/** The other side's last words on it, verbatim. */
function Words({ evidence, deciding }: { evidence: readonly Evidence[]; deciding: LayerName | null }) {
  const said = evidence.findLast((item) => item.layer === deciding && item.code !== null && !isCourtesy(item));
  if (said === undefined) return null;
  const [firstLine, ...furtherLines] = said.text.split('\n');
  return (
    <p className="mt-2 font-mono text-table break-words">
      {said.layer === 'catch_all' && 'A made-up name: '}
      <span className="font-semibold">{codeWords(said)}</span> {firstLine}
      {furtherLines.length > 0 && ' …'}
    </p>
  );
}

function Glance({ verdict, policy, deciding }: { verdict: Verdict; policy: PolicyName; deciding: LayerName | null }) {
  const { reason, recommendation } = verdict;
  return (
    <dl className="grid divide-y divide-hairline border-b border-hairline @2xl:grid-cols-3 @2xl:divide-x @2xl:divide-y-0">
      <Cell term="What to do" value={recommendation === null ? 'Nothing to advise' : RECOMMENDATION_LABEL[recommendation]}>
        {recommendation !== null && `under the ${POLICY_LABEL[policy]}`}
      </Cell>
      <Score verdict={verdict} />
      <Cell term="Why" value={<Why reason={reason} />}>
        {deciding !== null && `decided by the ${LAYER_COPY[deciding].title.toLowerCase()} layer`}
      </Cell>
    </dl>
  );
}

/** A workspace's own rule is one that its members can change. */
function Why({ reason }: { reason: Reason | null }) {
  if (reason === null) return 'Nothing decisive';
  if (reason !== 'blocklisted') return reasonLabel(reason);
  return (
    <Link href="/settings/blocklist" className="rounded-control text-accent underline underline-offset-2">
      {reasonLabel(reason)}
    </Link>
  );
}

function Score({ verdict: { score, grade } }: { verdict: Verdict }) {
  const graded = grade === null ? '' : `; this mailbox: ${GRADE_LABEL[grade].toLowerCase()}`;
  if (score === null) return <Cell term="Score" value="No score">{`there is nothing to base one on${graded}`}</Cell>;
  return (
    <Cell
      term="Score"
      value={
        <span className="flex items-center gap-3">
          <span>
            {score} <span className="text-table font-normal text-muted">of 100</span>
          </span>
          <Meter share={score / 100} className="w-24" />
        </span>
      }
    >
      {`our estimate that mail won’t bounce${graded}`}
    </Cell>
  );
}

const Cell = ({ term, value, children }: { term: string; value: ReactNode; children: ReactNode }) => (
  <div className="min-w-0 px-4 py-4 sm:px-6">
    <dt className="text-meta text-muted">{term}</dt>
    <dd className="mt-1 tabular-nums">
      <span className="block text-section font-semibold tracking-tight">{value}</span>
      <span className="block text-table text-muted">{children}</span>
    </dd>
  </div>
);
