// A ZIP archive as a stream: each entry is deflated as it comes, its sizes follow it, and the directory is last; ZIP64 where it grows past
// 4 GB. Promises flat memory, the same bytes for the same rows, and that no work goes on once the reader has gone.
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** ASCII. */
  name: string;
  text: AsyncIterable<string>;
}

/** Markup repeats itself, so a higher level makes it hardly smaller. */
const LEVEL = 1;
/** 1 January 1980, as the archive's clock begins; never the time of the export. */
const NO_TIME = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  const archive = new ZipFile();
  const out = archive.outputStream.pipe(new PassThrough());
  let reading: Readable | null = null;
  archive.on('error', (error: Error) => out.destroy(error));
  const add = async (): Promise<void> => {
    for await (const { name, text } of entries) {
      if (out.destroyed) return;
      reading = Readable.from(text, { objectMode: false });
      archive.addReadStream(reading, name, { ...NO_TIME, compressionLevel: LEVEL });
      await finished(reading);
    }
    archive.end();
  };
  const adding = add().catch((error: unknown) => void out.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    for await (const bytes of out) yield asBytes(bytes);
  } finally {
    out.destroy();
    destroy(reading);
    await adding;
  }
}

/** A variable that a closure sets is `null` to the compiler. */
const destroy = (stream: Readable | null): void => void stream?.destroy();

function asBytes(chunk: unknown): Uint8Array {
  if (!(chunk instanceof Uint8Array)) throw new Error('an archive gave no bytes');
  return chunk;
}
