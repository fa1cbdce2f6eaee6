/** A share as in "99.98%": as exact as 90 days of samples allow, and never rounded up to 100%. */
export const shareWords = (share: number): string => (share === 1 ? '100%' : `${(Math.floor(share * 10_000) / 100).toFixed(2)}%`);
