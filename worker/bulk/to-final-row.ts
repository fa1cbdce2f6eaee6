// An answer of the engine as the final row of a list: its verdict, what it costs, and everything that led to it.
import type { FinalRow } from '@/lib/data/list-results';
import type { RowToAsk } from '@/lib/data/list-retries';
import type { EngineAnswer } from '@/lib/domain/answer';
import { creditsFor } from '@/lib/domain/credits';
import { codeOfReason, packFlags } from '@/lib/domain/reason-codes';
import { mergeEvidence } from '@/lib/services/merge-evidence';

export function toFinalRow(row: RowToAsk, answer: EngineAnswer, isCharged: boolean): FinalRow {
  const { verdict, mx } = answer;
  const reason = verdict.reason ?? 'internal_error';
  return {
    n: row.n,
    email: row.email,
    domain: row.domain,
    reason: codeOfReason(reason),
    score: verdict.score,
    flags: packFlags(verdict.flags),
    provider: mx.provider,
    mxHost: mx.host,
    didYouMean: answer.didYouMean,
    cached: false,
    credits: isCharged ? creditsFor(reason) : 0,
    durationMs: answer.durationMs,
    checkedAt: null,
    layers: answer.layers,
    evidence: row.evidence.length > 0 ? mergeEvidence(row.evidence, answer.evidence) : answer.evidence,
  };
}
