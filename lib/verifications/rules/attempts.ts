// Several attempts at one address as one answer. Apart from the use cases, because the command line has attempts and no database.
import { EVIDENCE_MAX_ITEMS, RETRIES_MAX } from '@/lib/platform/limits';
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { Evidence, LayerReport } from '@/lib/verdict/evidence';
import { isRetried } from '@/lib/verdict/retry-schedule';
import { REASONS_BY_STATUS } from '@/lib/verdict/verdict';

/**
 * The evidence of all attempts, within the limit. What an earlier attempt was put off by is the last to be dropped, because it
 * explains why there was another.
 */
export function mergeEvidence(earlier: readonly Evidence[], latest: readonly Evidence[]): Evidence[] {
  if (earlier.length + latest.length <= EVIDENCE_MAX_ITEMS) return [...earlier, ...latest];
  const kept = earlier.filter(explainsRetry).slice(-RETRIES_MAX);
  return [...kept, ...latest.slice(-(EVIDENCE_MAX_ITEMS - kept.length))];
}

const RETRIED: ReadonlySet<string | null> = new Set(REASONS_BY_STATUS.unknown.filter(isRetried));

/** Replies and failures that are reasons to ask again by themselves. */
const explainsRetry = ({ meaning }: Evidence): boolean => RETRIED.has(meaning);

type Attempt = Pick<EngineAnswer, 'layers' | 'evidence' | 'durationMs'>;

/**
 * The last attempt as the end of them all: its times count from the first question of the first attempt, so that waiting
 * between attempts counts as time.
 */
export function overAttempts<A extends Attempt>(earlier: readonly Evidence[], last: A): A {
  if (earlier.length === 0) return last;
  const evidence = mergeEvidence(earlier, last.evidence);
  const endedAt = Math.max(...last.evidence.filter(wasAskedNow).map(endOf));
  const began = (items: readonly Evidence[]): number => Math.min(...items.filter(wasAskedNow).map(({ at }) => Date.parse(at)));
  const since = (from: number, atLeastMs: number): number =>
    Number.isFinite(endedAt - from) ? Math.max(atLeastMs, Math.round(endedAt - from)) : atLeastMs;
  const askedHostAt = began(earlier.filter(({ layer }) => layer === 'smtp'));
  const layers = last.layers.map((layer): LayerReport =>
    // It is the mail host that asked us to wait, and the wait is part of its answer.
    layer.name === 'smtp' ? { ...layer, duration_ms: since(askedHostAt, layer.duration_ms) } : layer,
  );
  return { ...last, evidence, layers, durationMs: since(began(earlier), last.durationMs) };
}

const wasAskedNow = ({ remembered }: Evidence): boolean => !remembered;
const endOf = ({ at, duration_ms }: Evidence): number => Date.parse(at) + duration_ms;
