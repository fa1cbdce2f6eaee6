const MINUTE_S = 60;
const HOUR_S = 3_600;

/** 40 → "less than a minute", 200 → "about 4 minutes", 9000 → "about 2 h 30 min". */
export function durationWords(seconds: number): string {
  if (seconds < MINUTE_S) return 'less than a minute';
  if (seconds < HOUR_S) {
    const minutes = Math.ceil(seconds / MINUTE_S);
    return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  }
  const minutes = Math.ceil(seconds / MINUTE_S);
  const rest = minutes % MINUTE_S;
  return `about ${Math.floor(minutes / MINUTE_S)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
