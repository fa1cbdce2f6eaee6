// The files of lists: the bytes of uploads, in parts that any process can read (web and workers share no disk), and the
// connections that read a file and write its rows. A stored part never changes. One process at a time reads a list, guarded by a
// lock that ends with its connection. Rows are kept only if `end` completes. Memory is bounded by a few small pieces. Parts are
// numbered from 1 and are deleted when their list starts or ends.
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { databaseUrl, db, type Tx, rowPool } from '@/lib/platform/db/client';
import { queryPgRows, queryRows } from '@/lib/platform/db/rows';
import type { Scope } from '@/lib/platform/scope';

const PartRow = z.object({ no: z.int(), sizeBytes: z.int() });
export type FilePart = z.infer<typeof PartRow>;

export interface NewPart {
  no: number;
  bytes: Uint8Array;
}

/** `same`: these bytes are stored already; `other`: the part is stored with other bytes; `closed`: no list waits for it. */
export type StoredPart = 'new' | 'same' | 'other' | 'closed';

/** Uses a plain connection and one statement, because Prisma would copy the megabytes a dozen times. */
export async function insertPart({ workspaceId }: Scope, fileId: string, { no, bytes }: NewPart): Promise<StoredPart> {
  const [added] = await queryPgRows(z.object({ isOpen: z.boolean(), isNew: z.boolean() }), rowPool(), {
    text: `WITH list AS (SELECT "id" FROM "List" WHERE "id" = $1 AND "workspaceId" = $2 AND "status" = 'uploading' FOR SHARE),
       added AS (INSERT INTO "FileChunk" ("fileId", "no", "bytes") SELECT "id", $3, $4 FROM list ON CONFLICT DO NOTHING RETURNING 1)
     SELECT EXISTS (SELECT 1 FROM list) AS "isOpen", EXISTS (SELECT 1 FROM added) AS "isNew"`,
    values: [fileId, workspaceId, no, bytes],
  });
  if (added?.isOpen !== true) return 'closed';
  if (added.isNew) return 'new';
  const [compared] = await queryPgRows(z.object({ isSame: z.boolean() }), rowPool(), {
    text: 'SELECT "bytes" = $3 AS "isSame" FROM "FileChunk" WHERE "fileId" = $1 AND "no" = $2',
    values: [fileId, no, bytes],
  });
  return compared?.isSame === true ? 'same' : 'other';
}

/** In order. */
export function listParts(fileId: string, tx: Tx = db()): Promise<FilePart[]> {
  return queryRows(
    PartRow,
    Prisma.sql`
    SELECT "no", octet_length("bytes") AS "sizeBytes" FROM "FileChunk" WHERE "fileId" = ${fileId} ORDER BY "no"`,
    tx,
  );
}

export async function deleteParts(fileId: string, tx: Tx = db()): Promise<void> {
  await tx.fileChunk.deleteMany({ where: { fileId } });
}

/**
 * Deletes files that nobody will read again: of lists that have started or ended, that are gone, or that have waited this long to
 * be started.
 */
export async function deleteStaleParts(keptMs: number): Promise<number> {
  return db().$executeRaw`
    DELETE FROM "FileChunk" f WHERE NOT EXISTS (
      SELECT 1 FROM "List" l WHERE l."id" = f."fileId" AND (l."status" IN ('uploading', 'parsing')
        OR (l."status" = 'ready' AND l."updatedAt" > timezone('UTC', now()) - make_interval(secs => ${keptMs / 1_000}))))`;
}

export interface ListFile {
  sizeBytes: number;
  /** How much of the file has been read at least. */
  readBytes(): number;
  /** Returns `length` bytes from `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  /** Begins to take rows as lines of COPY: listId, n, email, domain, kind, first, cells, problem. */
  beginRows(): RowsInCopy;
  close(): Promise<void>;
}

export interface RowsInCopy {
  write(lines: string): Promise<void>;
  end(): Promise<void>;
  /** Keeps none of the rows. */
  abort(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_SPACE = 7_301;
/**
 * A crash of the database can lose the commit of the rows only together with everything after it. The list is then not `ready`,
 * and its file is read again.
 */
const OPTIONS = '-c TimeZone=UTC -c synchronous_commit=off';

async function connect(name: string): Promise<Client> {
  const client = new Client({
    connectionString: databaseUrl(),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: `email-verifier ${name}`,
    keepAlive: true,
    options: OPTIONS,
  });
  // The running query fails with this error.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Opens two connections: one takes the rows by COPY, one reads the file's parts by position. Null if another process is reading
 * this list.
 */
export async function openListFile(listId: string): Promise<ListFile | null> {
  const writer = await connect('rows');
  const [lock] = await queryPgRows(z.object({ isOurs: z.boolean() }), writer, {
    text: 'SELECT pg_try_advisory_lock($1, hashtext($2)) AS "isOurs"',
    values: [LOCK_SPACE, listId],
  });
  if (lock?.isOurs !== true) {
    await writer.end();
    return null;
  }
  const reader = await connect('file').catch(async (error: unknown) => {
    await writer.end();
    throw error;
  });
  const parts = new FileParts(reader, listId, await listParts(listId));
  return {
    sizeBytes: parts.sizeBytes,
    readBytes: () => parts.readBytes,
    read: (offset, length) => parts.read(offset, length),
    beginRows: () => beginRows(writer),
    close: async () => {
      await Promise.allSettled([writer.end(), reader.end()]);
    },
  };
}

interface Part {
  no: number;
  from: number;
  to: number;
}

/** How much is read at once. Parts are stored uncompressed, so a piece of one is found without reading the rest. */
const BLOCK_BYTES = 512 * 1024;
const BLOCKS_KEPT = 4;

class FileParts {
  readonly sizeBytes: number;
  readBytes = 0;
  private readonly parts: Part[] = [];
  private readonly kept = new Map<string, Buffer>();

  constructor(
    private readonly client: Client,
    private readonly fileId: string,
    parts: readonly FilePart[],
  ) {
    let from = 0;
    for (const { no, sizeBytes } of parts) {
      this.parts.push({ no, from, to: from + sizeBytes });
      from += sizeBytes;
    }
    this.sizeBytes = from;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const to = Math.min(offset + length, this.sizeBytes);
    const pieces: Buffer[] = [];
    for (let at = offset; at < to;) {
      const block = await this.blockAt(at);
      const piece = block.bytes.subarray(at - block.from, to - block.from);
      pieces.push(piece);
      at += piece.length;
    }
    this.readBytes = Math.max(this.readBytes, to);
    const [first] = pieces;
    return pieces.length === 1 && first ? first : Buffer.concat(pieces);
  }

  private async blockAt(offset: number): Promise<{ from: number; bytes: Buffer }> {
    const part = this.parts.find(({ from, to }) => from <= offset && offset < to);
    if (part === undefined) throw new Error(`${this.fileId} has no byte ${offset}`);
    const start = offset - part.from - ((offset - part.from) % BLOCK_BYTES);
    const key = `${part.no} ${start}`;
    const bytes = this.kept.get(key) ?? (await this.fetch(part.no, start));
    // The least recently used block is dropped first.
    this.kept.delete(key);
    this.kept.set(key, bytes);
    for (const oldest of this.kept.keys()) if (this.kept.size > BLOCKS_KEPT) this.kept.delete(oldest);
    return { from: part.from + start, bytes };
  }

  private async fetch(no: number, start: number): Promise<Buffer> {
    const [block] = await queryPgRows(z.object({ bytes: z.instanceof(Buffer) }), this.client, {
      text: 'SELECT substring("bytes" FROM $3 FOR $4) AS "bytes" FROM "FileChunk" WHERE "fileId" = $1 AND "no" = $2',
      values: [this.fileId, no, start + 1, BLOCK_BYTES],
    });
    if (block === undefined || block.bytes.length === 0) throw new Error(`part ${no} of ${this.fileId} is gone`);
    return block.bytes;
  }
}

const COPY = 'COPY "ListRow" ("listId", "n", "email", "domain", "kind", "first", "cells", "problem") FROM STDIN';

function beginRows(client: Client): RowsInCopy {
  const stream = client.query(copyFrom(COPY));
  let failure: Error | null = null;
  stream.on('error', (error: Error) => {
    failure = error;
  });
  return {
    write: async (lines) => {
      if (failure !== null) throw failure;
      if (!stream.write(lines)) await once(stream, 'drain');
    },
    end: async () => {
      stream.end();
      await finished(stream);
    },
    abort: async () => {
      const gone = finished(stream).catch(() => undefined);
      stream.destroy(new Error('the rows are not wanted'));
      await gone;
    },
  };
}
