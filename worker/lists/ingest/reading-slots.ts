// How many files one process reads at once: a large one, and beside it a few small ones, so that nobody waits with a short list behind a
// long one. Who finds no room comes again.
import { LARGE_FILES_AT_ONCE, SMALL_FILE_MAX_BYTES, SMALL_FILES_AT_ONCE } from '@/lib/platform/limits';

export interface ReadingSlots {
  /** Null: no room. Call the answer when done. */
  take(sizeBytes: number): (() => void) | null;
}

export function createReadingSlots(): ReadingSlots {
  const free = { small: SMALL_FILES_AT_ONCE, large: LARGE_FILES_AT_ONCE };
  return {
    take: (sizeBytes) => {
      const lane = sizeBytes <= SMALL_FILE_MAX_BYTES ? 'small' : 'large';
      if (free[lane] === 0) return null;
      free[lane]--;
      return () => {
        free[lane]++;
      };
    },
  };
}
