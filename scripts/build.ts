// Builds the web app and the widget that it serves, but only when their sources changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWidget } from './build-widget';
import { compressFiles } from './compressed-files';
import { runQuietly } from './run-quietly.mjs';

const SOURCES = [
  'app',
  'components',
  'content',
  'lib',
  'public',
  'widget',
  'prisma/schema.prisma',
  'proxy.ts',
  'CHANGELOG.md',
  'instrumentation.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = '.next/built-from';

export function isBuildStale(): boolean {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== fingerprint();
}

/** Shows progress while it runs. Throws when the build fails, after printing its output. */
export async function build(): Promise<void> {
  await buildWidget();
  const before = fingerprint();
  rmSync(STAMP, { force: true });
  const status = await runQuietly('Building the web app', process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error('The web app could not be built; the lines above say why.');
  await compressFiles('.next/static');
  writeFileSync(STAMP, before);
}

function fingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of SOURCES.flatMap(filesUnder)) hash.update(path).update('\0').update(readFileSync(path));
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
