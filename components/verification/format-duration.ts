/** 12 → "12 ms", 1834 → "1.8 s". */
export const formatDuration = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);
