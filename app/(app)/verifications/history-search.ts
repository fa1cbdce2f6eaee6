// The history's filters as they stand in the URL. What is not understood is dropped: a mistyped link shows more, not an error.
import { isReason, isStatus, type Reason, type Status } from '@/lib/domain/verdict';
import type { VerificationSource } from '@/lib/domain/verification-view';

export interface HistorySearch {
  status?: Status | undefined;
  reason?: Reason | undefined;
  source?: VerificationSource | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
}

const SOURCES: readonly VerificationSource[] = ['app', 'api'];
const QUERY_MAX_CHARS = 254;
const CURSOR = /^ver_[0-9A-Z]{26}$/;

export function parseHistorySearch(params: Record<string, string | string[] | undefined>): HistorySearch {
  const one = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const [status, reason, q, cursor] = [one('status'), one('reason'), one('q').slice(0, QUERY_MAX_CHARS), one('cursor')];
  return {
    status: isStatus(status) ? status : undefined,
    reason: isReason(reason) ? reason : undefined,
    source: SOURCES.find((source) => source === one('source')),
    q: q === '' ? undefined : q,
    cursor: CURSOR.test(cursor) ? cursor : undefined,
  };
}

/** The query string of a search, with its question mark; empty for no filter. */
export function historySearch(search: HistorySearch): string {
  const params = new URLSearchParams();
  for (const name of ['status', 'reason', 'source', 'q', 'cursor'] as const) {
    const value = search[name];
    if (value !== undefined) params.set(name, value);
  }
  return params.size === 0 ? '' : `?${params.toString()}`;
}
