// Fields for clients of the first API generation, derived from the verdict and never decided on their own.
import type { FinalStatus, Reason } from './verdict';

export type RiskLevel = 'low' | 'medium' | 'high' | 'unknown';

const RISK_LEVEL: Record<FinalStatus, RiskLevel> = {
  deliverable: 'low',
  risky: 'medium',
  undeliverable: 'high',
  unknown: 'unknown',
};

/** Risky reasons behind which a mailbox was proved to exist. */
const PROVED_RISKY: readonly Reason[] = ['role_account', 'mailbox_full'];

export interface FirstGenerationFields {
  valid: boolean;
  deliverable: boolean;
  risk_level: RiskLevel;
  /** The score, 0 where null. */
  confidence: number;
}

export function firstGenerationFields(verdict: {
  status: FinalStatus;
  reason: Reason | null;
  score: number | null;
  /** A 250 for the mailbox on a domain that refuses unknown names. */
  mailboxProved: boolean;
}): FirstGenerationFields {
  const proved = verdict.mailboxProved || (verdict.reason !== null && PROVED_RISKY.includes(verdict.reason));
  return {
    valid: verdict.status === 'deliverable' || (verdict.status === 'risky' && proved),
    deliverable: verdict.status === 'deliverable',
    risk_level: RISK_LEVEL[verdict.status],
    confidence: verdict.score ?? 0,
  };
}
