const UNITS = ['KB', 'MB', 'GB'] as const;
const STEP = 1_024;

/** "312 bytes", "3.2 MB". */
export function bytesWords(bytes: number): string {
  if (bytes < STEP) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const power = Math.min(UNITS.length, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / STEP ** power;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${UNITS[power - 1] ?? ''}`;
}
