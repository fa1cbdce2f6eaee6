// A stored verification as people and programs see it. Promises plain JSON values and words of the closed vocabulary only:
// a word that no longer exists reads as `unknown` / `internal_error`, never as a wrong verdict.
import { parseEvidence, parseFlags, parseLayers, parseMetadata } from '@/lib/data/verification-json';
import type { SummaryRow, ViewRow } from '@/lib/data/verification-fields';
import { DEFAULT_POLICY, isPolicyName, recommend } from '@/lib/domain/recommendation';
import { isReason, isStatus, type Reason, type Status } from '@/lib/domain/verdict';
import type { VerificationSource, VerificationSummary, VerificationView } from '@/lib/domain/verification-view';

const SOURCES: readonly VerificationSource[] = ['app', 'api', 'landing'];

export function toView(row: ViewRow): VerificationView {
  return { ...toSummary(row), layers: parseLayers(row.layers), evidence: parseEvidence(row.evidence) };
}

export function toSummary(row: SummaryRow): VerificationSummary {
  const policy = isPolicyName(row.policy) ? row.policy : DEFAULT_POLICY;
  const { status, reason } = readVerdict(row);
  return {
    id: row.id,
    source: SOURCES.find((source) => source === row.source) ?? 'app',
    email: row.email,
    status,
    reason,
    score: row.score,
    recommendation: status === 'pending' ? null : recommend(reason, policy),
    flags: parseFlags(row.flags),
    didYouMean: row.didYouMean,
    normalized: row.normalized,
    canonical: row.canonical,
    mx: { host: row.mxHost, provider: row.mxProvider, gateway: row.mxGateway },
    policy,
    metadata: parseMetadata(row.metadata),
    test: row.test,
    cached: row.cached,
    creditsCharged: row.creditsCharged,
    durationMs: row.durationMs,
    attempt: row.attempt,
    retryAt: row.retryAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    checkedAt: row.checkedAt?.toISOString() ?? null,
  };
}

function readVerdict(row: SummaryRow): { status: Status; reason: Reason | null } {
  const isKnownReason = row.reason === null || isReason(row.reason);
  if (!isStatus(row.status) || !isKnownReason) return { status: 'unknown', reason: 'internal_error' };
  return { status: row.status, reason: row.reason !== null && isReason(row.reason) ? row.reason : null };
}
