// A verification as the JSON that people copy: the field names of the public API's answer.
import type { VerificationView } from '@/lib/domain/verification-view';

export function verificationJson(view: VerificationView): string {
  const answer = {
    id: view.id,
    email: view.email,
    status: view.status,
    reason: view.reason,
    score: view.score,
    recommendation: view.recommendation,
    flags: view.flags,
    did_you_mean: view.didYouMean,
    normalized: view.normalized,
    canonical: view.canonical,
    mx: view.mx,
    layers: view.layers,
    evidence: view.evidence,
    checked_at: view.checkedAt,
    duration_ms: view.durationMs,
    cached: view.cached,
    credits_charged: view.creditsCharged,
    test: view.test,
  };
  return JSON.stringify(answer, null, 2);
}
