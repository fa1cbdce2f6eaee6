// What the engine returns for one address: the verdict with everything that led to it. The same value becomes the CLI's line, the database
// row and the API's answer. Also here: the answers given without asking the mail host. Where the reason is on our side, they are always
// `unknown`, and their evidence says plainly that the limit or the failure is ours.
import { EVIDENCE_MAX_ITEMS, RETRIES_MAX } from '@/lib/platform/limits';
import { parseAddress } from './address';
import { type Evidence, LAYER_NAMES, type LayerReport } from './evidence';
import type { GreylistTriplet } from './mail-host';
import { type RetriedReason, isRetried } from './retry-schedule';
import { type Flags, type UnknownReason, type Verdict, REASONS_BY_STATUS } from './verdict';

/** Seconds that the server asked us to wait, or null if it named no delay. */
interface AfterDelay {
  afterS: number | null;
}

/** Asking again later may get an answer. A greylisting host needs the same triplet; for other reasons it is only a courtesy. */
export type AskAgain =
  | (AfterDelay & { reason: 'greylisted'; triplet: GreylistTriplet })
  | (AfterDelay & { reason: Exclude<RetriedReason, 'greylisted' | 'timeout'>; triplet: GreylistTriplet | null })
  /** `isHeldBack`: nobody was asked, because our own pace or limits left no time. `afterS` then says when there is room again. */
  | (AfterDelay & { reason: 'timeout'; triplet: GreylistTriplet | null; isHeldBack: boolean });

/** Nobody has been asked yet, for reasons on our side. It does not count as an attempt and is never final. */
export type HeldBack = Extract<AskAgain, { reason: 'timeout' }> & { isHeldBack: true };

export interface EngineAnswer {
  /** As given, trimmed. */
  email: string;
  verdict: Verdict;
  didYouMean: string | null;
  normalized: string | null;
  canonical: string | null;
  mx: {
    /** The mail host that answered, else the first in order; null if there is none. */
    host: string | null;
    /** Provider id. */
    provider: string | null;
    /** A security gateway answers for the mailbox host behind it. */
    gateway: boolean;
  };
  /** Always seven, in the order of LAYER_NAMES; layers not reached are `skipped`. */
  layers: readonly LayerReport[];
  evidence: readonly Evidence[];
  /** Milliseconds, whole, from the question to the answer. */
  durationMs: number;
  /** Present if asking later may get an answer. The verdict then is `unknown` for the same reason. */
  askAgain: AskAgain | null;
}

export interface UnaskedAnswer {
  email: string;
  reason: UnknownReason;
  /** The sentence for people. */
  text: string;
  /** Names the cause, for programs. */
  rule: string;
  /** Epoch milliseconds. */
  now: number;
  /** The layers that did report before. */
  layers: readonly LayerReport[];
}

/** All flags, none of them known. */
export const NO_FLAGS_KNOWN: Flags = {
  catch_all: null,
  disposable: null,
  relay: null,
  role: null,
  free: null,
  no_reply: null,
  tagged: null,
  mailbox_full: null,
  mailbox_disabled: null,
  idn: null,
  security_gateway: null,
};

const HELD_BACK_TEXT =
  'Not asked yet: our hourly checks of this domain are shared fairly between customers, and this one’s turn comes in the next hour.';

export const isHeldBack = (next: AskAgain | null): next is HeldBack => next?.reason === 'timeout' && next.isHeldBack;

/**
 * The answer where no layer decided: the address names its own answer (test keys), or the workspace does (blocklist). `summary` is what each
 * of the seven layers says.
 */
export function skippedAnswer(email: string, verdict: Verdict, summary: string): EngineAnswer {
  const parsed = parseAddress(email);
  return {
    email,
    verdict,
    didYouMean: null,
    normalized: parsed.ok ? parsed.address.normalized : null,
    canonical: parsed.ok ? parsed.address.canonical : null,
    mx: { host: null, provider: null, gateway: false },
    layers: LAYER_NAMES.map((name) => ({ name, status: 'skipped', summary, duration_ms: 0, details: {} })),
    evidence: [],
    durationMs: 0,
    askAgain: null,
  };
}

export function unaskedAnswer({ email, reason, text, rule, now, layers }: UnaskedAnswer): EngineAnswer {
  return {
    ...skippedAnswer(email, { status: 'unknown', reason, score: null, flags: NO_FLAGS_KNOWN }, 'Not asked.'),
    layers: LAYER_NAMES.map((name) => {
      const spoken = layers.find((layer) => layer.name === name);
      if (name === 'smtp') return { name, status: 'unknown', summary: text, duration_ms: spoken?.duration_ms ?? 0, details: {} };
      return spoken ?? { name, status: 'skipped', summary: 'Not asked.', duration_ms: 0, details: {} };
    }),
    evidence: [
      {
        at: new Date(now).toISOString(),
        layer: 'smtp',
        host: null,
        address: null,
        provider: null,
        identity: null,
        stage: 'connect',
        code: null,
        enhanced: null,
        text,
        meaning: null,
        rule,
        duration_ms: 0,
        remembered: false,
      },
    ],
  };
}

/**
 * The interim result when our own limit for a target domain leaves no room: nobody was asked, nothing is known, and the address is asked
 * again when there is room. Never a verdict.
 */
export function heldBackAnswer(
  email: string,
  { now, afterS }: { now: number; afterS: number },
): EngineAnswer & { askAgain: HeldBack } {
  const answer = unaskedAnswer({ email, reason: 'timeout', text: HELD_BACK_TEXT, rule: 'own-domain-share', now, layers: [] });
  return { ...answer, askAgain: { reason: 'timeout', afterS, triplet: null, isHeldBack: true } };
}

// Combines several attempts at one address into one answer. Separate from the use cases, because the command line has attempts but no
// database.

/**
 * The evidence of all attempts, within the limit. The items that made an earlier attempt wait are dropped last, because they explain why
 * there was another attempt.
 */
export function mergeEvidence(earlier: readonly Evidence[], latest: readonly Evidence[]): Evidence[] {
  if (earlier.length + latest.length <= EVIDENCE_MAX_ITEMS) return [...earlier, ...latest];
  const kept = earlier.filter(explainsRetry).slice(-RETRIES_MAX);
  return [...kept, ...latest.slice(-(EVIDENCE_MAX_ITEMS - kept.length))];
}

const RETRIED: ReadonlySet<string | null> = new Set(REASONS_BY_STATUS.unknown.filter(isRetried));

/** Replies and failures that are by themselves reasons to ask again. */
const explainsRetry = ({ meaning }: Evidence): boolean => RETRIED.has(meaning);

type Attempt = Pick<EngineAnswer, 'layers' | 'evidence' | 'durationMs'>;

/**
 * The last attempt as the end of all attempts. Its times count from the first question of the first attempt, so that waiting between
 * attempts counts as time.
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
    // The mail host asked us to wait, so the wait is part of its answer.
    layer.name === 'smtp' ? { ...layer, duration_ms: since(askedHostAt, layer.duration_ms) } : layer,
  );
  return { ...last, evidence, layers, durationMs: since(began(earlier), last.durationMs) };
}

const wasAskedNow = ({ remembered }: Evidence): boolean => !remembered;
const endOf = ({ at, duration_ms }: Evidence): number => Date.parse(at) + duration_ms;
