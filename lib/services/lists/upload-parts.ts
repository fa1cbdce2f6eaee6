// How a file is cut into parts: numbered from 1, all of one size but the last.
import { UPLOAD_PART_BYTES } from '@/lib/domain/limits';

export const partCount = (sizeBytes: number): number => Math.ceil(sizeBytes / UPLOAD_PART_BYTES);

/** The size that a part must have; 0 where the file has no such part. */
export function partSize(sizeBytes: number, no: number): number {
  if (!Number.isSafeInteger(no) || no < 1 || no > partCount(sizeBytes)) return 0;
  return Math.min(UPLOAD_PART_BYTES, sizeBytes - (no - 1) * UPLOAD_PART_BYTES);
}
