import type { Metafile } from 'esbuild';

export declare const ENTRIES: Readonly<Record<string, string>>;
export function isBundleFresh(outDir?: string): boolean;
export function bundle(options?: { outDir?: string; clean?: boolean }): Promise<Metafile>;
export declare const SDK: Record<string, string>;
