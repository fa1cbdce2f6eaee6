import type { ReactNode } from 'react';
import { providerLabel } from '@/lib/verdict/provider-names';
import { FLAG_NAMES } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';
import { FLAG_LABEL } from './flag-copy';
import { formatDuration } from './format-duration';
import { GradeWords } from './grade';
import { RememberedFrom } from './remembered-from';
import { BreakableName } from '@/components/ui/breakable-name';

/** Everything else that is known, as a list of facts. Facts that do not exist yet are left out instead of shown empty. */
export function VerdictFacts({ view, charged = true }: { view: VerificationView; charged?: boolean }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-table @4xl:grid-cols-[auto_1fr_auto_1fr]">
      {view.grade !== null && (
        <Fact name="Grade">
          <GradeWords grade={view.grade} basis={view.gradeBasis} />
        </Fact>
      )}
      {view.mx.host !== null && (
        <Fact name="Mail host">
          <BreakableName name={view.mx.host} />
          {view.mx.provider !== null && <span className="text-muted"> · {providerLabel(view.mx.provider)}</span>}
          {view.mx.gateway && <span className="text-muted"> · security gateway</span>}
        </Fact>
      )}
      {view.normalized !== null && view.normalized !== view.email && (
        <Fact name="Normalized">
          <BreakableName name={view.normalized} />
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
  return <Fact name="Flags">{raised.map((name) => FLAG_LABEL[name]).join(', ')}</Fact>;
}

/** How long the verdict took or, for a repeated answer, when the verdict was reached. */
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

/** From the request to the verdict, including waits. */
const tookWords = (durationMs: number, attempt: number): string =>
  attempt === 0
    ? formatDuration(durationMs)
    : `${formatDuration(durationMs)}, asked ${attempt === 1 ? 'twice' : `${attempt + 1} times`} because the server told us to wait`;

export function costWords(view: Pick<VerificationView, 'creditsCharged' | 'cached' | 'status' | 'test'>): string {
  if (view.creditsCharged > 0) return view.creditsCharged === 1 ? '1 credit' : `${view.creditsCharged} credits`;
  if (view.test) return 'Free: a test key was used';
  if (view.cached) return 'Free: remembered from the last 24 hours';
  return view.status === 'unknown' ? 'Free: unknown answers are never charged' : 'Free: this answer is never charged';
}
