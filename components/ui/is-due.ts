/** As long as a relative time calls it "just now". */
const SOON_MS = 10_000;

/** Whether a planned time has come, so that it is no longer worth naming. For pages that are rendered anew for each request. */
export const isDue = (iso: string): boolean => Date.parse(iso) <= Date.now() + SOON_MS;
