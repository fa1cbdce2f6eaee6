import { Check, X } from 'lucide-react';
import { formatDuration } from '@/components/verification/format-duration';
import { LAYER_COPY, LAYER_STATUS_LABEL } from '@/components/verification/layer-copy';
import { reasonSentence } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import { cn } from '@/components/ui/cn';
import type { LayerReport } from '@/lib/verdict/evidence';
import { SAMPLE_EMAIL, SAMPLE_EVIDENCE, SAMPLE_LAYERS } from './sample-verification';
import { WindowFrame } from './window-frame';

/** The product at work: a real check, layer by layer. The steps appear one after the other (`play` in globals.css). */
export function HeroCheck({ caption }: { caption: string }) {
  const deciding = SAMPLE_EVIDENCE.find(({ layer, code }) => layer === 'smtp' && code === 550);
  return (
    <WindowFrame title={SAMPLE_EMAIL} note={<span className="max-sm:hidden">Replay of a real check</span>} caption={caption}>
      <ol aria-label="Seven layers" className="play px-4 pt-3 sm:px-5">
        {SAMPLE_LAYERS.map((layer) => (
          <li key={layer.name}>
            <Layer layer={layer} />
            {layer.name === 'smtp' && deciding !== undefined && (
              <p className="mt-1 mb-2 ml-8 rounded-control bg-undeliverable-tint px-3 py-2 font-mono text-meta break-words text-undeliverable sm:text-table">
                {deciding.code} {deciding.enhanced} {deciding.text}
              </p>
            )}
          </li>
        ))}
      </ol>
      <div className="play-last mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-hairline px-4 py-4 sm:px-5">
        <VerdictBadge status="undeliverable" size="md" />
        <p className="min-w-0 grow basis-52 text-body text-balance">{reasonSentence('undeliverable', 'mailbox_not_found')}</p>
      </div>
    </WindowFrame>
  );
}

function Layer({ layer: { name, status, summary, duration_ms: ms } }: { layer: LayerReport }) {
  const hasFailed = status === 'failed';
  const Mark = hasFailed ? X : Check;
  // The reply and its code are shown below.
  const sentence = hasFailed ? summary.replace(/ \(\d.*\)/, '') : summary;
  return (
    <div className="flex items-center gap-3 py-1.5">
      <span
        aria-hidden="true"
        className={cn(
          'flex size-5 shrink-0 items-center justify-center rounded-full',
          hasFailed ? 'bg-undeliverable-tint text-undeliverable-solid' : 'bg-deliverable-tint text-deliverable-solid',
        )}
      >
        <Mark className="size-3" strokeWidth={3} />
      </span>
      <span className="w-20 shrink-0 text-table font-medium">
        {LAYER_COPY[name].title}
        <span className="sr-only">: {LAYER_STATUS_LABEL[status]}</span>
      </span>
      <span className="min-w-0 flex-1 text-table text-muted max-sm:hidden">{sentence}</span>
      <span className="shrink-0 text-meta text-subtle tabular-nums max-sm:ml-auto">{formatDuration(ms)}</span>
    </div>
  );
}
