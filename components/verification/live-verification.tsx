'use client';

import { useEffect, type ReactNode } from 'react';
import type { VerificationView } from '@/lib/verdict/verification';
import { CopyJson } from './copy-json';
import { EvidenceTimeline } from './evidence-timeline';
import { LayerTimeline } from './layer-timeline';
import { liveNote, useLivePhase, type Audience } from './live-note';
import { useVerificationStream } from './use-verification-stream';
import { VerdictFacts, VerdictHeadline } from './verdict-summary';

interface LiveVerificationProps {
  initial: VerificationView;
  /** The event stream of this verification. */
  eventsUrl: string;
  audience: Audience;
  /** Buttons under the verdict, which may depend on it. */
  actions?: (view: VerificationView) => ReactNode;
  /** Something between the verdict and the layers, e.g. "did you mean". */
  aside?: (view: VerificationView) => ReactNode;
  /** Called once when a pending verification becomes final here. */
  onFinal?: () => void;
}

/** One verification, live until its verdict is final; a final one is simply shown. */
export function LiveVerification({ initial, eventsUrl, audience, actions, aside, onFinal }: LiveVerificationProps) {
  const { view, state } = useVerificationStream(initial, eventsUrl);
  const phase = useLivePhase(view, state);
  const becameFinal = initial.status === 'pending' && phase === 'final';
  useEffect(() => {
    if (becameFinal) onFinal?.();
  }, [becameFinal, onFinal]);
  return (
    <article
      data-phase={phase}
      aria-label={`Verification of ${view.email}`}
      className="rounded-card border border-hairline bg-bg text-left"
    >
      <div className="flex flex-col gap-4 p-4 sm:p-5">
        <VerdictHeadline view={view} note={liveNote(phase, view, audience)} />
        {aside?.(view)}
        {phase === 'final' && (
          <>
            <VerdictFacts view={view} charged={audience === 'member'} />
            <div className="flex flex-wrap gap-2">
              {actions?.(view)}
              <CopyJson view={view} />
            </div>
          </>
        )}
      </div>
      <div className="grid border-t border-hairline lg:grid-cols-2">
        <section className="p-4 sm:p-5">
          <h3 className="mb-4 text-table font-semibold">Layers</h3>
          <LayerTimeline layers={view.layers} isRepeated={view.cached} isAsking={phase === 'live' || phase === 'connecting'} />
        </section>
        <section className="min-w-0 border-t border-hairline p-4 sm:p-5 lg:border-t-0 lg:border-l">
          <h3 className="mb-4 text-table font-semibold">Evidence</h3>
          <EvidenceTimeline evidence={view.evidence} askedAt={view.createdAt} isPending={phase !== 'final'} />
        </section>
      </div>
    </article>
  );
}
