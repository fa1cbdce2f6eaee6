import { EvidenceTimeline } from '@/components/verification/evidence-timeline';
import { LayerTimeline } from '@/components/verification/layer-timeline';
import { reasonSentence } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import { SAMPLE_EMAIL, SAMPLE_EVIDENCE, SAMPLE_LAYERS } from './sample-verification';

/** A sample answer, labeled as one from the sandbox. */
export function SampleAnswer() {
  return (
    <figure className="rounded-card border border-hairline">
      <figcaption className="flex flex-wrap items-center justify-between gap-2 border-b border-hairline bg-raised px-4 py-2.5 text-table text-muted sm:px-5">
        <span>Example from the sandbox, our built-in test mail servers</span>
      </figcaption>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4 sm:p-5">
        <p className="w-full font-mono text-lead font-medium break-all">{SAMPLE_EMAIL}</p>
        <VerdictBadge status="undeliverable" size="md" />
        <p className="text-body">{reasonSentence('undeliverable', 'mailbox_not_found')}</p>
      </div>
      <div className="grid border-t border-hairline md:grid-cols-2">
        <div className="p-4 sm:p-5">
          <h3 className="mb-4 text-table font-semibold">Layers</h3>
          <LayerTimeline layers={SAMPLE_LAYERS} isAsking={false} />
        </div>
        <div className="min-w-0 border-t border-hairline p-4 sm:p-5 md:border-t-0 md:border-l">
          <h3 className="mb-4 text-table font-semibold">Evidence</h3>
          <EvidenceTimeline evidence={SAMPLE_EVIDENCE} askedAt={null} />
        </div>
      </div>
    </figure>
  );
}
