// What the engine hands back for one address: the verdict with everything that led to it. The same value becomes the CLI's
// line, the database row and the API's answer.
import type { Evidence } from './evidence';
import type { LayerReport } from './layer';
import type { GreylistTriplet } from './mail-host';
import type { Verdict } from './verdict';

/** Seconds the server asked us to wait, or null where it named none. */
interface AfterDelay {
  afterS: number | null;
}

/** Time may answer it. A greylisting host knows the triplet again; others only ask for patience, and their triplet is a courtesy. */
export type AskAgain =
  | (AfterDelay & { reason: 'greylisted'; triplet: GreylistTriplet })
  | (AfterDelay & { reason: 'temporary_failure' | 'rate_limited'; triplet: GreylistTriplet | null })
  /** `isHeldBack`: nobody was asked, because our own pace at the provider left no time. */
  | (AfterDelay & { reason: 'timeout'; triplet: GreylistTriplet | null; isHeldBack: boolean });

/** What is asked again on its own account: the host has promised to answer, or was never asked. */
export type Postponable = Extract<AskAgain, { reason: 'greylisted' | 'timeout' }>;

export const isPostponable = (next: AskAgain | null): next is Postponable =>
  next?.reason === 'greylisted' || (next?.reason === 'timeout' && next.isHeldBack);

export interface EngineAnswer {
  /** As given, trimmed. */
  email: string;
  verdict: Verdict;
  didYouMean: string | null;
  normalized: string | null;
  canonical: string | null;
  mx: {
    /** The mail host that answered, else the first in order; null where there is none. */
    host: string | null;
    /** Provider id. */
    provider: string | null;
    /** A security gateway answers for the mailbox host behind it. */
    gateway: boolean;
  };
  /** Always seven, in the order of LAYER_NAMES; layers not reached are `skipped`. */
  layers: readonly LayerReport[];
  evidence: readonly Evidence[];
  /** Milliseconds, whole. */
  durationMs: number;
  /** Present when a later question may be answered; the verdict then is `unknown` for the same reason. */
  askAgain: AskAgain | null;
}
