import { HOUR_MS, MINUTE_MS } from '@/lib/platform/time';

/** 12 → "12 ms", 1834 → "1.8 s", 185000 → "3 min 5 s", 3900000 → "1 h 5 min". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  // 59.96 s would be written as "60.0 s".
  if (ms < MINUTE_MS - 50) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds * 1_000 < HOUR_MS) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(ms / MINUTE_MS);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
