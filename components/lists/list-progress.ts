// A list's progress in its current status, as a share and in words.
import { isSettled, needsColumn } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { formatCount } from '@/lib/platform/numbers';

export interface ListAdvance {
  /** 0–1; null if there is nothing to measure, or nothing moves any more. */
  share: number | null;
  words: string;
}

const shareOf = (part: number, whole: number): number | null => (whole > 0 ? Math.min(1, part / whole) : null);
const percent = (share: number | null): string => (share === null ? '' : `${Math.floor(share * 100)}%`);

const priceWords = (credits: number): string =>
  credits === 0 ? 'free' : `up to ${formatCount(credits)} ${credits === 1 ? 'credit' : 'credits'}`;

/** The window's title. While the list is at work its progress comes first, so that even a narrow tab shows it. */
export function listTitle(list: ListView): string {
  const isAtWork = list.status === 'queued' || list.status === 'running' || list.status === 'paused';
  const share = isAtWork ? shareOf(list.progress.processed, list.progress.total) : null;
  return share === null ? list.name : `${percent(share)} · ${list.name}`;
}

export function advanceOf(list: ListView): ListAdvance {
  const { status, file, progress, quote } = list;
  if (status === 'uploading') {
    const share = shareOf(file.receivedBytes, file.sizeBytes);
    return { share, words: percent(share) };
  }
  if (status === 'parsing') {
    const share = shareOf(file.parsedBytes, file.receivedBytes);
    return { share, words: percent(share) };
  }
  if (status === 'ready') return { share: null, words: needsColumn(list) ? '' : priceWords(quote?.maxCredits ?? 0) };
  if (status === 'failed' && progress.processed === 0) return { share: null, words: '' };
  return {
    share: isSettled(status) ? null : shareOf(progress.processed, progress.total),
    words: `${formatCount(progress.processed)} of ${formatCount(progress.total)}`,
  };
}
