import type { ReactNode } from 'react';
import { FLAG_NAMES } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';
import { FLAG_LABEL } from './flag-copy';
import { formatDuration } from './format-duration';
import { GradeWords } from './grade';
import { POLICY_LABEL, RECOMMENDATION_LABEL } from './recommendation-copy';
import { reasonSentence } from './reason-sentence';
import { RememberedFrom } from './remembered-from';
import { VerdictBadge } from './verdict-badge';

/** The answer in one glance: badge, address, one sentence. */
export function VerdictHeadline({ view, note }: { view: VerificationView; note?: ReactNode }) {
  return (
    <div className="min-w-0">
      <h2 className="font-mono text-lead font-medium break-all">{view.email}</h2>
      {/* Only this line is announced: the layers would talk over each other. */}
      <div aria-live="polite" className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <VerdictBadge status={view.status} size="md" />
        <p className="min-w-0 grow basis-64 text-body">{note ?? reasonSentence(view.status, view.reason)}</p>
      </div>
    </div>
  );
}

/** What else is known, as a list of facts. Facts that do not exist yet are left out rather than shown empty. */
export function VerdictFacts({ view, charged = true }: { view: VerificationView; charged?: boolean }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-table">
      {view.recommendation !== null && (
        <Fact name="Recommendation">
          <span className="font-medium">{RECOMMENDATION_LABEL[view.recommendation]}</span>
          <span className="text-muted"> by the {POLICY_LABEL[view.policy]}</span>
        </Fact>
      )}
      {view.score !== null && (
        <Fact name="Score">
          <span className="font-medium tabular-nums">{view.score}</span>
          <span className="text-muted"> of 100, an estimate that mail would not bounce</span>
        </Fact>
      )}
      {view.grade !== null && (
        <Fact name="Grade">
          <GradeWords grade={view.grade} basis={view.gradeBasis} />
        </Fact>
      )}
      {view.mx.host !== null && (
        <Fact name="Mail host">
          <span className="font-mono break-all">{view.mx.host}</span>
          {view.mx.provider !== null && <span className="text-muted"> · {view.mx.provider}</span>}
          {view.mx.gateway && <span className="text-muted"> · security gateway</span>}
        </Fact>
      )}
      {view.normalized !== null && view.normalized !== view.email && (
        <Fact name="Normalized">
          <span className="font-mono break-all">{view.normalized}</span>
        </Fact>
      )}
      <FlagFacts view={view} />
      <TimeFact view={view} />
      {charged && view.status !== 'pending' && <Fact name="Cost">{costWords(view)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </>
  );
}

function FlagFacts({ view }: { view: VerificationView }) {
  const raised = FLAG_NAMES.filter((name) => view.flags[name] === true);
  if (raised.length === 0) return null;
  return <Fact name="Also">{raised.map((name) => FLAG_LABEL[name]).join(', ')}</Fact>;
}

/** How long it took until the verdict, or when it was reached that is repeated here. */
function TimeFact({ view: { cached, checkedAt, createdAt, durationMs, attempt } }: { view: VerificationView }) {
  if (cached && checkedAt !== null) {
    const earlierMs = Math.max(0, Date.parse(createdAt) - Date.parse(checkedAt));
    return (
      <Fact name="Remembered from">
        <RememberedFrom iso={checkedAt} earlierMs={earlierMs} />
        <span className="text-muted">; nobody was asked again</span>
      </Fact>
    );
  }
  return durationMs !== null && <Fact name="Took">{tookWords(durationMs, attempt)}</Fact>;
}

/** From the request to the verdict, the waits included. */
const tookWords = (durationMs: number, attempt: number): string =>
  attempt === 0
    ? formatDuration(durationMs)
    : `${formatDuration(durationMs)}, asked ${attempt + 1} times because the server wanted us to wait`;

export function costWords(view: Pick<VerificationView, 'creditsCharged' | 'cached' | 'status' | 'test'>): string {
  if (view.creditsCharged > 0) return view.creditsCharged === 1 ? '1 credit' : `${view.creditsCharged} credits`;
  if (view.test) return 'Free: a test key was used';
  if (view.cached) return 'Free: answered from the last day’s memory';
  return view.status === 'unknown' ? 'Free: you never pay when we could not tell' : 'Free: this answer is never charged';
}
