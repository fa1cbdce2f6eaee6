// A stored result as people and programs see it: words of the closed vocabularies, with the recommendation of the list's policy.
import type { ResultRow } from '@/lib/data/list-pages';
import type { ListResultView } from '@/lib/domain/list-view';
import { reasonOfCode, unpackFlags } from '@/lib/domain/reason-codes';
import { recommend, type PolicyName } from '@/lib/domain/recommendation';
import { statusOf } from '@/lib/domain/verdict';

export function toResultView(n: number, result: Omit<ResultRow, 'n' | 'cells' | 'key'>, policy: PolicyName): ListResultView {
  const reason = reasonOfCode(result.reason);
  return {
    row: n,
    email: result.email,
    status: statusOf(reason),
    reason,
    score: result.score,
    recommendation: recommend(reason, policy),
    flags: unpackFlags(result.flags),
    didYouMean: result.didYouMean,
    provider: result.provider === '' ? null : result.provider,
    mxHost: result.mxHost,
    cached: result.cached,
    creditsCharged: result.credits,
    checkedAt: result.checkedAt.toISOString(),
  };
}

/** The cells of a row, which are kept as a JSON array; what is none reads as no cells. */
export function cellsOf(text: string): string[] {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}
