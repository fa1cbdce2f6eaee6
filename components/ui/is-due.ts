/** Whether a planned time has come, so that it is no longer worth naming. For pages that are rendered anew for each request. */
export const isDue = (iso: string): boolean => Date.parse(iso) <= Date.now();
