// What everybody who makes a list says about it, checked once. Refuses names, retentions and starts that make no sense. A name is the
// file's where none is given.
import { countListsUnderWay, insertList, lockIntake, type NewList } from '@/lib/data/list-intake';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import type { JsonValue } from '@/lib/domain/layer';
import { LIST_NAME_MAX_CHARS, LIST_RETENTION_DAYS, LISTS_AT_WORK_A_WORKSPACE, METADATA_MAX_BYTES } from '@/lib/domain/limits';
import type { ListSource, StartMode } from '@/lib/domain/list';
import type { PolicyName } from '@/lib/domain/recommendation';
import { fail, ok, type Result } from '@/lib/errors';
import { newId } from '@/lib/ids';

export interface ListSettings {
  name?: string | null | undefined;
  /** The workspace's own unless given. */
  policy?: PolicyName | null | undefined;
  retentionDays?: number | null | undefined;
  /** Starts by itself when it is read. */
  start?: { mode: StartMode; creditCap?: number | null | undefined } | null | undefined;
  metadata?: JsonValue | undefined;
  /** Of a test key. */
  test: boolean;
  createdById?: string | null | undefined;
  apiKeyId?: string | null | undefined;
  /** Chosen by a caller that must find it again after a crash; the same id is never made twice. */
  listId?: string | null | undefined;
}

export interface ListToMake {
  source: ListSource;
  settings: ListSettings;
  fallbackName: string;
  fileName?: string | null;
  sizeBytes?: number;
}

const UNSTORABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** As a name is kept: on one line, trimmed. */
const onOneLine = (text: string): string => text.replace(UNSTORABLE, ' ').replace(/\s+/g, ' ').trim();

export function toNewList({ source, settings, fallbackName, fileName = null, sizeBytes = 0 }: ListToMake): Result<NewList> {
  const fields = findProblems(settings);
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const given = onOneLine(settings.name ?? '');
  return ok({
    id: settings.listId ?? newId('list'),
    source,
    name: given || onOneLine(fallbackName).slice(0, LIST_NAME_MAX_CHARS) || 'A list',
    fileName: fileName === null ? null : plainFileName(fileName),
    sizeBytes,
    policy: settings.policy ?? null,
    retentionDays: settings.retentionDays ?? LIST_RETENTION_DAYS.default,
    startOnReady: Boolean(settings.start),
    startMode: settings.start?.mode ?? null,
    creditCap: settings.start?.creditCap ?? null,
    metadata: settings.metadata ?? null,
    test: settings.test,
    createdById: settings.createdById ?? null,
    apiKeyId: settings.apiKeyId ?? null,
  });
}

const FILE_NAME_MAX_CHARS = 255;

/** Without the folders that some browsers and programs send along. */
export const plainFileName = (name: string): string =>
  onOneLine(name.split(/[\\/]/).at(-1) ?? '').slice(-FILE_NAME_MAX_CHARS) || 'file';

function findProblems({ name, retentionDays, start, metadata }: ListSettings): Record<string, string> {
  const { min, max } = LIST_RETENTION_DAYS;
  const days = retentionDays ?? min;
  const cap = start?.creditCap ?? null;
  return {
    ...(onOneLine(name ?? '').length > LIST_NAME_MAX_CHARS && { name: `must have at most ${LIST_NAME_MAX_CHARS} characters` }),
    ...(!(Number.isSafeInteger(days) && days >= min && days <= max) && {
      retention_days: `must be a whole number from ${min} to ${max}`,
    }),
    ...(cap !== null && start?.mode === 'full' && { credit_cap: 'goes only with the mode until_empty' }),
    ...(cap !== null && !(Number.isSafeInteger(cap) && cap >= 1) && { credit_cap: 'must be a whole number from 1' }),
    ...(Buffer.byteLength(JSON.stringify(metadata ?? null)) > METADATA_MAX_BYTES && {
      metadata: `must be at most ${METADATA_MAX_BYTES} bytes of JSON`,
    }),
  };
}

/** Within the number of lists that a workspace may have under way. False: there is a list of this id already. */
export async function addList(scope: Scope, list: NewList, tx: Tx): Promise<Result<boolean>> {
  const underWay = await countListsUnderWay(scope, tx);
  if ((await lockIntake(scope, list.id, tx)) !== null) return ok(false);
  if (underWay >= LISTS_AT_WORK_A_WORKSPACE) {
    return fail('limit_reached', {
      detail: `At most ${LISTS_AT_WORK_A_WORKSPACE} lists of a workspace are uploaded, read or run at once.`,
    });
  }
  return (await insertList(scope, list, tx)) ? ok(true) : fail('conflict');
}
