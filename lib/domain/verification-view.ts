// One verification as pages, streams and the API see it: plain JSON values, dates as ISO 8601 strings.
import type { Evidence } from './evidence';
import type { JsonValue, LayerReport } from './layer';
import type { PolicyName, Recommendation } from './recommendation';
import type { Flags, Reason, Status } from './verdict';

export type VerificationSource = 'app' | 'api' | 'landing';

export interface VerificationView {
  id: string;
  source: VerificationSource;
  email: string;
  status: Status;
  /** Null while pending. */
  reason: Reason | null;
  score: number | null;
  /** Null while pending. */
  recommendation: Recommendation | null;
  flags: Flags;
  didYouMean: string | null;
  normalized: string | null;
  canonical: string | null;
  mx: { host: string | null; provider: string | null; gateway: boolean };
  /** While pending: the layers that have spoken so far, in order. Final: all seven. */
  layers: LayerReport[];
  evidence: Evidence[];
  policy: PolicyName;
  metadata: JsonValue;
  test: boolean;
  cached: boolean;
  creditsCharged: number;
  durationMs: number | null;
  /** Greylist retries done, and when the next is due. */
  attempt: number;
  retryAt: string | null;
  createdAt: string;
  checkedAt: string | null;
}

/** A verification in a list: without what only its own page shows. */
export type VerificationSummary = Omit<VerificationView, 'layers' | 'evidence'>;
