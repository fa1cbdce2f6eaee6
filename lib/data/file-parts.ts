// The bytes of uploads, in parts that any process can read: web and workers share no disk. Promises that a part, once written, never
// changes. Parts are numbered from 1 and are deleted with their list's start or end.
import { db, type Tx } from './_client';
import { rowPool } from './_row-pool';
import type { Scope } from './scope';

export interface FilePart {
  no: number;
  sizeBytes: number;
}

export interface NewPart {
  no: number;
  bytes: Uint8Array;
}

/** `same`: there already, byte by byte; `other`: another part of this number is there; `closed`: no list waits for it. */
export type StoredPart = 'new' | 'same' | 'other' | 'closed';

/** A statement of its own, over a plain connection: on Prisma's way megabytes are copied a dozen times. */
export async function insertPart({ workspaceId }: Scope, fileId: string, { no, bytes }: NewPart): Promise<StoredPart> {
  const { rows } = await rowPool().query<{ isOpen: boolean; isNew: boolean }>(
    `WITH list AS (SELECT "id" FROM "List" WHERE "id" = $1 AND "workspaceId" = $2 AND "state" = 'uploading' FOR SHARE),
       added AS (INSERT INTO "FileChunk" ("fileId", "no", "bytes") SELECT "id", $3, $4 FROM list ON CONFLICT DO NOTHING RETURNING 1)
     SELECT EXISTS (SELECT 1 FROM list) AS "isOpen", EXISTS (SELECT 1 FROM added) AS "isNew"`,
    [fileId, workspaceId, no, bytes],
  );
  if (rows[0]?.isOpen !== true) return 'closed';
  if (rows[0].isNew) return 'new';
  const compared = await rowPool().query<{ isSame: boolean }>(
    'SELECT "bytes" = $3 AS "isSame" FROM "FileChunk" WHERE "fileId" = $1 AND "no" = $2',
    [fileId, no, bytes],
  );
  return compared.rows[0]?.isSame === true ? 'same' : 'other';
}

/** In their order. */
export function listParts(fileId: string, tx: Tx = db()): Promise<FilePart[]> {
  return tx.$queryRaw<FilePart[]>`
    SELECT "no", octet_length("bytes") AS "sizeBytes" FROM "FileChunk" WHERE "fileId" = ${fileId} ORDER BY "no"`;
}

export async function deleteParts(fileId: string, tx: Tx = db()): Promise<void> {
  await tx.fileChunk.deleteMany({ where: { fileId } });
}

/** Files that nobody reads again: of lists that started or ended, that are gone, or that wait to be started for so long. */
export async function deleteStaleParts(keptMs: number): Promise<number> {
  return db().$executeRaw`
    DELETE FROM "FileChunk" f WHERE NOT EXISTS (
      SELECT 1 FROM "List" l WHERE l."id" = f."fileId" AND (l."state" IN ('uploading', 'parsing')
        OR (l."state" = 'ready' AND l."updatedAt" > timezone('UTC', now()) - make_interval(secs => ${keptMs / 1_000}))))`;
}
