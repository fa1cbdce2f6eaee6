// One verification of a workspace; a visitor's check opens only with that visitor's key. What is another's reads as missing.
import type { Scope } from '@/lib/data/scope';
import { findVerification } from '@/lib/data/verifications';
import type { VerificationView } from '@/lib/domain/verification-view';
import { fail, ok, type Result } from '@/lib/errors';
import { toView } from './verification-view';

export async function getVerification(
  scope: Scope,
  id: string,
  { visitorKey = null }: { visitorKey?: string | null | undefined } = {},
): Promise<Result<VerificationView>> {
  const row = await findVerification(scope, id, visitorKey);
  return row ? ok(toView(row)) : fail('not_found');
}
