'use client';

import { useEffect, type ReactNode } from 'react';
import { type VerificationView, toVerificationAnswer } from '@/lib/verdict/verification';
import { decidingLayer } from './deciding-layer';
import { EvidenceTimeline } from './evidence-timeline';
import { LayerTimeline } from './layer-timeline';
import { liveNote, useLivePhase, type Audience } from './live-note';
import { useVerificationStream } from './use-verification-stream';
import { VerdictHero } from './verdict-hero';
import { VerdictFacts } from './verdict-summary';
import { CopyButton } from '@/components/ui/copy-button';

interface LiveVerificationProps {
  initial: VerificationView;
  /** The URL of this verification's event stream. */
  eventsUrl: string;
  audience: Audience;
  /** Buttons beside the verdict; they may depend on it. */
  actions?: (view: VerificationView) => ReactNode;
  /** Content between the verdict and the layers, e.g. "did you mean". */
  aside?: (view: VerificationView) => ReactNode;
  /** Called once, when a pending verification becomes final on this page. */
  onFinal?: () => void;
}

/** One verification, live until its verdict is final. A final one is simply shown. */
export function LiveVerification({ initial, eventsUrl, audience, actions, aside, onFinal }: LiveVerificationProps) {
  const { view, state } = useVerificationStream(initial, eventsUrl);
  const phase = useLivePhase(view, state);
  const deciding = decidingLayer(view.reason, view.layers);
  const becameFinal = initial.status === 'pending' && phase === 'final';
  useEffect(() => {
    if (becameFinal) onFinal?.();
  }, [becameFinal, onFinal]);
  return (
    <article
      data-phase={phase}
      aria-label={`Verification of ${view.email}`}
      className="@container rounded-card border border-hairline bg-card text-left"
    >
      <VerdictHero
        verdict={view}
        policy={view.policy}
        deciding={deciding}
        note={liveNote(phase, view, audience)}
        {...(phase === 'final' && {
          actions: (
            <>
              {actions?.(view)}
              <CopyJson view={view} />
            </>
          ),
        })}
      />
      {phase === 'final' && (
        <div className="flex flex-col gap-4 px-4 py-5 sm:px-6">
          {aside?.(view)}
          <VerdictFacts view={view} charged={audience === 'member'} />
        </div>
      )}
      <div className="grid border-t border-hairline @4xl:grid-cols-2">
        <section className="px-4 py-5 sm:px-6">
          <h3 className="mb-3 text-body font-semibold">How we got there</h3>
          <LayerTimeline
            layers={view.layers}
            isRepeated={view.cached}
            isAsking={phase === 'live' || phase === 'connecting'}
            deciding={deciding}
          />
        </section>
        <section className="min-w-0 border-t border-hairline px-4 py-5 sm:px-6 @4xl:border-t-0 @4xl:border-l">
          <h3 className="mb-3 text-body font-semibold">Evidence</h3>
          <EvidenceTimeline evidence={view.evidence} askedAt={view.createdAt} isPending={phase !== 'final'} deciding={deciding} />
        </section>
      </div>
    </article>
  );
}

/** Copies the same JSON as the API's answer. There is none before the verdict. */
function CopyJson({ view }: { view: VerificationView }) {
  if (view.status === 'pending') return null;
  return <CopyButton value={JSON.stringify(toVerificationAnswer(view, view.status), null, 2)}>Copy as JSON</CopyButton>;
}
