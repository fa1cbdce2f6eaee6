// Only owners of a workspace spend its money: asked first by everything that buys or changes what is paid.
import { findRole } from '@/lib/data/memberships';
import type { Scope } from '@/lib/data/scope';
import { fail, ok, type Result } from '@/lib/errors';

export const isOwner = async (scope: Scope, userId: string): Promise<boolean> => (await findRole(scope, userId)) === 'owner';

export async function requireOwner(scope: Scope, userId: string): Promise<Result<void>> {
  return (await isOwner(scope, userId))
    ? ok(undefined)
    : fail('forbidden', { detail: 'Only an owner of the workspace may do that.' });
}
