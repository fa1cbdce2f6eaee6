// Files for tests of the readers: bytes in memory, read by position.
import type { SourceFile } from '@/worker/lists/ingest/bytes/source-file';

export const memoryFile = (bytes: Uint8Array | string): SourceFile => {
  const all = Buffer.from(bytes);
  return { sizeBytes: all.length, read: (offset, length) => Promise.resolve(all.subarray(offset, offset + length)) };
};
