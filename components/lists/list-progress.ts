// How far a list is in its present state, as a share and in words.
import type { ListView } from '@/lib/domain/list-view';

export interface ListAdvance {
  /** 0–1; null where there is nothing to measure. */
  share: number | null;
  words: string;
}

export const count = (value: number): string => value.toLocaleString('en');

const shareOf = (part: number, whole: number): number | null => (whole > 0 ? Math.min(1, part / whole) : null);
const percent = (share: number | null): string => (share === null ? '' : `${Math.floor(share * 100)} %`);

const priceWords = (credits: number): string =>
  credits === 0 ? 'free' : `up to ${count(credits)} ${credits === 1 ? 'credit' : 'credits'}`;

export function advanceOf({ state, file, progress, quote }: ListView): ListAdvance {
  if (state === 'uploading') {
    const share = shareOf(file.receivedBytes, file.sizeBytes);
    return { share, words: percent(share) };
  }
  if (state === 'parsing') {
    const share = shareOf(file.parsedBytes, file.receivedBytes);
    return { share, words: percent(share) };
  }
  if (state === 'ready') return { share: null, words: priceWords(quote?.maxCredits ?? 0) };
  if (state === 'failed' && progress.processed === 0) return { share: null, words: '' };
  return {
    share: shareOf(progress.processed, progress.total),
    words: `${count(progress.processed)} of ${count(progress.total)}`,
  };
}
