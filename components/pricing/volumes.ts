// The stops of the pricing page's slider, in addresses per month.
export const VOLUMES = [
  100, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 25_000, 50_000, 75_000, 100_000, 150_000, 250_000, 500_000, 750_000, 1_000_000,
] as const;

export const DEFAULT_VOLUME = 10_000;

/** The stop for a value from the URL: the first that is large enough, or the default if the value is not a number. */
export function volumeOf(words: string | null): number {
  const wanted = words === null || !/^\d{1,9}$/.test(words) ? DEFAULT_VOLUME : Number(words);
  return VOLUMES.find((volume) => volume >= wanted) ?? VOLUMES[VOLUMES.length - 1] ?? DEFAULT_VOLUME;
}
