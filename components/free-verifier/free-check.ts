// The free verifier's two calls. Every outcome is a value, so the form has its own words for each.
import { parseVerification } from '@/components/verification/is-verification-view';
import type { VerificationView } from '@/lib/verdict/verification';

export type FreeCheck =
  | { kind: 'started'; view: VerificationView; remaining: number | null }
  /** Nothing is left today, or there were too many at once. The server's sentence says until when. */
  | { kind: 'used_up'; message: string; remaining: number | null }
  | { kind: 'bad_input'; message: string }
  | { kind: 'unavailable'; message: string };

export interface Allowance {
  remaining: number;
  limit: number;
  /** Seconds until there are new checks, if none are left. */
  resetsInS?: number | null;
}

const UNREACHABLE = 'This page could not reach the service. Check your connection and try again.';
const UNAVAILABLE = 'The verifier is not available right now. Nothing was counted; please try again in a moment.';

export async function startFreeCheck(email: string): Promise<FreeCheck> {
  try {
    const response = await fetch('/api/free/verifications', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
    return readAnswer(response, await response.text());
  } catch {
    return { kind: 'unavailable', message: UNREACHABLE };
  }
}

function readAnswer(response: Response, text: string): FreeCheck {
  const remaining = readCount(response.headers.get('x-free-checks-remaining'));
  const view = response.ok ? parseVerification(text) : null;
  if (view !== null) return { kind: 'started', view, remaining };
  const detail = problemDetail(text);
  if (response.status === 429) return { kind: 'used_up', message: detail ?? 'Today’s free checks are used up.', remaining };
  if (response.status >= 400 && response.status < 500)
    return { kind: 'bad_input', message: detail ?? 'That could not be checked.' };
  return { kind: 'unavailable', message: UNAVAILABLE };
}

export async function findAllowance(): Promise<Allowance | null> {
  try {
    const response = await fetch('/api/free/allowance');
    const body: unknown = response.ok ? await response.json() : null;
    return isAllowance(body) ? body : null;
  } catch {
    return null;
  }
}

function isAllowance(value: unknown): value is Allowance {
  return (
    typeof value === 'object' &&
    value !== null &&
    'remaining' in value &&
    'limit' in value &&
    typeof value.remaining === 'number' &&
    typeof value.limit === 'number'
  );
}

function readCount(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

/** The `detail` sentence of an RFC 9457 problem. */
function problemDetail(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const hasDetail = typeof body === 'object' && body !== null && 'detail' in body;
    return hasDetail && typeof body.detail === 'string' ? body.detail : null;
  } catch {
    return null;
  }
}
