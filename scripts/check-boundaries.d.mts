export function checkBoundaries(baseDir?: string, rooms?: string[]): Promise<{ modules: number; violations: string[] }>;
