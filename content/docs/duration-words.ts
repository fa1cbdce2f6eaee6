/** Seconds in words, in the unit that people would use. */
export const durationWords = (seconds: number): string => {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
};
