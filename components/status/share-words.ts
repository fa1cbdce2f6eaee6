/** "99.98 %": as exact as 90 days of samples can be, and never rounded up to all. */
export const shareWords = (share: number): string =>
  share === 1 ? '100 %' : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
