// A list's file and its rows while the file is read: connections of their own, one that takes the rows by COPY and one that reads the
// file's parts by place. Promises that one process at a time reads a list, by a lock that goes with the connection, that rows which
// were not ended by `end` never were, and memory of a few small pieces of it.
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { databaseUrl } from './_client';
import { listParts } from './file-parts';

export interface ListFile {
  sizeBytes: number;
  /** Of the file, so many at least were read. */
  readBytes(): number;
  /** At most so many bytes from there; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  /** Lines as COPY takes them: listId, n, email, domain, kind, first, cells, problem. */
  beginRows(): RowsInCopy;
  close(): Promise<void>;
}

export interface RowsInCopy {
  write(lines: string): Promise<void>;
  end(): Promise<void>;
  /** Nothing of it is kept. */
  abort(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_SPACE = 7_301;
/**
 * A crash of the database may forget the rows' commit only together with everything after it: the list is not `ready` then, and its
 * file is read once more.
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
  // What is under way on it fails and tells.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Null while another process reads this list. */
export async function openListFile(listId: string): Promise<ListFile | null> {
  const writer = await connect('rows');
  const { rows } = await writer.query<{ isOurs: boolean }>('SELECT pg_try_advisory_lock($1, hashtext($2)) AS "isOurs"', [
    LOCK_SPACE,
    listId,
  ]);
  if (rows[0]?.isOurs !== true) {
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

/** Read at once: parts are kept as they are, so that a piece of one is found without reading the rest of it. */
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
    parts: readonly { no: number; sizeBytes: number }[],
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
    // Last used, last to go.
    this.kept.delete(key);
    this.kept.set(key, bytes);
    for (const oldest of this.kept.keys()) if (this.kept.size > BLOCKS_KEPT) this.kept.delete(oldest);
    return { from: part.from + start, bytes };
  }

  private async fetch(no: number, start: number): Promise<Buffer> {
    const { rows } = await this.client.query<{ bytes: Buffer }>(
      'SELECT substring("bytes" FROM $3 FOR $4) AS "bytes" FROM "FileChunk" WHERE "fileId" = $1 AND "no" = $2',
      [this.fileId, no, start + 1, BLOCK_BYTES],
    );
    const bytes = rows[0]?.bytes;
    if (bytes === undefined || bytes.length === 0) throw new Error(`part ${no} of ${this.fileId} is gone`);
    return bytes;
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
