// Unpacks gzip as it streams. Refuses what is broken, what unpacks to more than a file may hold, and what grows more than
// any list does: a bomb costs no more than its first megabytes.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GZIP_RATIO_FROM_BYTES, GZIP_RATIO_MAX, LIST_UNPACKED_MAX_BYTES } from '@/lib/platform/limits';
import { FileProblem, unreadable } from '../file-problem';
import { buffersOf, SLICE_BYTES } from './source-file';

const GB = 1024 ** 3;

export const TOO_LARGE_UNPACKED = new FileProblem(
  'file_too_large',
  `Unpacked, the file has more than ${LIST_UNPACKED_MAX_BYTES / GB} GB.`,
);

export interface UnpackLimits {
  maxBytes: number;
}

export async function* unpackGzip(
  packed: AsyncIterable<Buffer>,
  { maxBytes }: UnpackLimits = { maxBytes: LIST_UNPACKED_MAX_BYTES },
): AsyncGenerator<Buffer> {
  let bytesIn = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const slice of packed) {
      bytesIn += slice.length;
      yield slice;
    }
  };
  const source = Readable.from(counted(), { objectMode: false, highWaterMark: SLICE_BYTES });
  const gunzip = createGunzip({ chunkSize: SLICE_BYTES });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let bytesOut = 0;
  try {
    for await (const piece of buffersOf(gunzip)) {
      bytesOut += piece.length;
      if (bytesOut > maxBytes) throw TOO_LARGE_UNPACKED;
      if (bytesOut > GZIP_RATIO_FROM_BYTES && bytesOut > bytesIn * GZIP_RATIO_MAX) {
        throw unreadable('The compressed file unpacks to far more than a list of addresses would. Check what is in it.');
      }
      yield piece;
    }
  } catch (error) {
    throw isZlibError(error)
      ? unreadable('The compressed file is damaged or incomplete. Compress it again and upload it.')
      : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
