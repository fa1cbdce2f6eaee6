export function checkBoundaries(baseDir?: string, rooms?: string[]): Promise<{ modules: number; violations: string[] }>;

/** What is wrong with the violations that were found, as lines. */
export function compareWithKnown(violations: readonly string[], known: readonly string[]): string[];
