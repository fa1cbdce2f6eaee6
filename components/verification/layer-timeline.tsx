import { Check, ChevronRight, CircleDashed, Minus, TriangleAlert, X } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { LocalTime } from '@/components/ui/local-time';
import { Spinner } from '@/components/ui/spinner';
import { LAYER_NAMES, type LayerName, type LayerReport, type LayerStatus, learnedTime } from '@/lib/verdict/evidence';
import { formatDuration } from './format-duration';
import { LAYER_COPY, LAYER_STATUS_LABEL } from './layer-copy';

type RowState = LayerStatus | 'asking' | 'waiting';

interface LayerTimelineProps {
  layers: readonly LayerReport[];
  /** Whether the next layer is being asked right now. */
  isAsking: boolean;
  /** The whole answer repeats an earlier one, so no layer took any time for it. */
  isRepeated?: boolean;
  /** The layer that the verdict rests on is unfolded. */
  deciding?: LayerName | null;
}

/**
 * The seven layers in their fixed order. Rows fill in as reports arrive and never move. Each row unfolds to show what the layer looks at.
 */
export function LayerTimeline({ layers, isAsking, isRepeated = false, deciding = null }: LayerTimelineProps) {
  const reportOf = (name: LayerName) => layers.find((layer) => layer.name === name);
  const firstOpen = LAYER_NAMES.findIndex((name) => reportOf(name) === undefined);
  return (
    <ol aria-label="Seven layers" className="flex flex-col">
      {LAYER_NAMES.map((name, index) => {
        const report = reportOf(name);
        const before = LAYER_NAMES[index - 1];
        const repeats = report !== undefined && before !== undefined && report.summary === reportOf(before)?.summary;
        const state: RowState = report?.status ?? (isAsking && index === firstOpen ? 'asking' : 'waiting');
        return (
          <li key={name} data-layer={name} data-state={state} className="relative flex gap-3 pb-1.5 last:pb-0">
            {index < LAYER_NAMES.length - 1 && (
              <span aria-hidden="true" className="absolute top-8 -bottom-0.5 left-2.5 w-px -translate-x-1/2 bg-hairline" />
            )}
            <span className="pt-1.5">
              <LayerMark state={state} />
            </span>
            <Layer
              name={name}
              state={state}
              report={report}
              summary={repeats ? null : (report?.summary ?? LAYER_COPY[name].question)}
              isRepeated={isRepeated}
              isDeciding={name === deciding}
            />
          </li>
        );
      })}
    </ol>
  );
}

interface LayerProps {
  name: LayerName;
  state: RowState;
  report: LayerReport | undefined;
  /** Null if the layer above says the same: what ended the work is said once. */
  summary: string | null;
  isRepeated: boolean;
  isDeciding: boolean;
}

function Layer({ name, state, report, summary, isRepeated, isDeciding }: LayerProps) {
  return (
    <details
      // Mounted anew when this layer turns out to be the deciding one, so that it unfolds.
      key={String(isDeciding)}
      open={isDeciding}
      className={cn(
        'group/layer min-w-0 flex-1 rounded-control',
        report !== undefined && 'animate-land',
        isDeciding && 'border border-hairline bg-raised dark:bg-float',
      )}
    >
      <summary className="rounded-control px-2 py-1.5 transition-colors hover:bg-hover">
        <span className="flex items-baseline justify-between gap-3">
          <span className={cn('text-body font-medium', report === undefined && 'text-muted')}>
            {LAYER_COPY[name].title}
            <span className="sr-only">: {stateWords(state)}</span>
            {isDeciding && <span className="ml-2 text-meta font-medium text-accent">decides</span>}
          </span>
          <span className="flex shrink-0 items-center gap-1 text-meta text-subtle tabular-nums">
            {report !== undefined && report.status !== 'skipped' && <LayerTime report={report} isRepeated={isRepeated} />}
            <ChevronRight aria-hidden="true" className="size-3.5 self-center transition-transform group-open/layer:rotate-90" />
          </span>
        </span>
        {summary !== null && (
          <span className={cn('block text-table', report === undefined ? 'text-subtle' : 'text-muted')}>{summary}</span>
        )}
      </summary>
      <div className="mx-2 border-t border-hairline py-2 text-table text-muted">
        <p className="font-medium text-fg">{LAYER_COPY[name].question}</p>
        <p className="mt-0.5">{LAYER_COPY[name].detail}</p>
      </div>
    </details>
  );
}

/** A result that took no time because it was known shows when it was learned. */
function LayerTime({ report, isRepeated }: { report: LayerReport; isRepeated: boolean }) {
  const learnedAt = learnedTime(report);
  if (learnedAt === null) return isRepeated ? null : formatDuration(report.duration_ms);
  return (
    <>
      from <LocalTime iso={learnedAt} />
    </>
  );
}

const stateWords = (state: RowState): string =>
  state === 'asking' ? 'being asked' : state === 'waiting' ? 'not asked yet' : LAYER_STATUS_LABEL[state];

const MARKS: Record<RowState, string> = {
  passed: 'bg-deliverable-tint text-deliverable-solid',
  failed: 'bg-undeliverable-tint text-undeliverable-solid',
  warning: 'bg-risky-tint text-risky-solid',
  unknown: 'bg-unknown-tint text-unknown',
  skipped: 'bg-sunken text-subtle',
  asking: 'text-pending-solid',
  waiting: 'text-control',
};

function LayerMark({ state }: { state: RowState }) {
  return (
    <span
      aria-hidden="true"
      className={cn('relative flex size-5 shrink-0 items-center justify-center rounded-full', MARKS[state])}
    >
      <MarkShape state={state} />
    </span>
  );
}

function MarkShape({ state }: { state: RowState }) {
  const shape = 'size-3';
  switch (state) {
    case 'passed':
      return <Check className={shape} strokeWidth={3} />;
    case 'failed':
      return <X className={shape} strokeWidth={3} />;
    case 'warning':
      return <TriangleAlert className={shape} strokeWidth={2.5} />;
    case 'unknown':
      return <span className="text-meta font-semibold">?</span>;
    case 'skipped':
      return <Minus className={shape} strokeWidth={3} />;
    case 'asking':
      return <Spinner />;
    case 'waiting':
      return <CircleDashed className="size-4" />;
  }
}
