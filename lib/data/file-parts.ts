// The bytes of uploads, in parts that any process can read: web and workers share no disk. Promises that a part, once written, never
// changes. Parts are numbered from 1 and are deleted with their list's start or end.
import { db, type Tx } from './_client';

export interface FilePart {
  no: number;
  sizeBytes: number;
}

/** `same`: there already, byte by byte; `other`: another part of this number is there. */
export async function insertPart(
  fileId: string,
  part: { no: number; bytes: Uint8Array<ArrayBuffer> },
  tx: Tx,
): Promise<'new' | 'same' | 'other'> {
  const data = { fileId, no: part.no, bytes: part.bytes };
  const { count } = await tx.fileChunk.createMany({ data: [data], skipDuplicates: true });
  if (count === 1) return 'new';
  const same = await tx.fileChunk.count({ where: data });
  return same === 1 ? 'same' : 'other';
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
