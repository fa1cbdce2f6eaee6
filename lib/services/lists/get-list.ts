// One list of a workspace, with its progress. What is another's reads as missing.
import { findListRecord } from '@/lib/data/lists';
import type { Scope } from '@/lib/data/scope';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { listToView } from './list-to-view';

export async function getList(scope: Scope, id: string): Promise<Result<ListView>> {
  const record = await findListRecord(scope, id);
  return record ? ok(listToView(record)) : fail('not_found');
}
