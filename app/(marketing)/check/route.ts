// Receives the free verifier's form from a browser without scripts: starts the check and redirects the visitor to its page. A refusal
// redirects back to the form with one word in the URL, never with the address.
import { isSameOrigin, clientNetworksOf } from '@/lib/platform/http/client-address';
import { readRawBody } from '@/lib/platform/http/body';
import { AppError, type ErrorCode } from '@/lib/platform/errors';
import { API_BODY_MAX_BYTES } from '@/lib/platform/limits';
import { freeRequestSchema } from '@/lib/verifications/api';
import { startFreeVerification } from '@/lib/verifications/free';
import { findVisitor, newVisitor } from '@/lib/verifications/web/free';

export async function POST(request: Request): Promise<Response> {
  try {
    return await startCheck(request);
  } catch (error) {
    return backToForm(error instanceof AppError ? error.code : 'internal_error');
  }
}

/** Someone reloaded an address that only accepts forms. */
export const GET = (): Response => seeOther('/');

async function startCheck(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return backToForm('forbidden');
  const form = new URLSearchParams(new TextDecoder().decode(await readRawBody(request, API_BODY_MAX_BYTES)));
  const { success, data } = freeRequestSchema.safeParse({ email: (form.get('email') ?? '').trim() });
  if (!success) return backToForm('invalid_request');
  const { visitorKey, setCookie } = findVisitor(request.headers) ?? newVisitor();
  const started = await startFreeVerification({ ...data, networks: clientNetworksOf(request.headers), visitorKey });
  return started.ok ? seeOther(`/check/${started.value.view.id}`, setCookie) : backToForm(started.error.code);
}

function backToForm(code: ErrorCode): Response {
  const problem = code === 'rate_limited' || code === 'invalid_request' ? code : 'unavailable';
  return seeOther(`/?problem=${problem}`);
}

/** The redirect is relative, because only the browser knows which address it used to reach us. */
function seeOther(location: string, setCookie?: string): Response {
  const headers = new Headers({ Location: location });
  if (setCookie !== undefined) headers.set('Set-Cookie', setCookie);
  return new Response(null, { status: 303, headers });
}
