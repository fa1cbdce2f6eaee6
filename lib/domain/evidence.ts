// Evidence: what was asked of whom and what came back, one item an exchange. Kept with the verdict; no evidence, no verdict.
import type { LayerName } from './layer';
import { REPLY_STAGES, type ReplyMeaning, type TransportFailure } from './reply';

/** Of the exchange; `list` is an entry in a list, `input` the address itself, read by a rule. */
export const EVIDENCE_STAGES = [...REPLY_STAGES, 'dns', 'list', 'input'] as const;
export type EvidenceStage = (typeof EVIDENCE_STAGES)[number];

export interface Evidence {
  /** ISO 8601, UTC */
  at: string;
  layer: LayerName;
  /** Mail host or resolver asked; null for offline layers. */
  host: string | null;
  /** The IP address dialled; null where none was. */
  address: string | null;
  provider: string | null;
  /** The sending identity's public name (HELO), null where none was used. */
  identity: string | null;
  stage: EvidenceStage;
  code: number | null;
  enhanced: string | null;
  /** The server's own words, redacted (the probed address and our addresses are masked) and bounded. */
  text: string;
  /** What the reply means; null for DNS and list evidence. */
  meaning: ReplyMeaning | TransportFailure | null;
  /** Id of the classifier rule or list that spoke; null where none did. */
  rule: string | null;
  /** Milliseconds, whole. */
  duration_ms: number;
}
