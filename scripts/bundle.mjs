// Bundles the programs to plain JavaScript with source maps, so that production needs no compiler and a command starts right away:
// dist/web.js, worker.js, cli.js, migrate.js, and dist/local/, which only local mode loads. Packages stay outside, in node_modules.
// dist/built-from.json names what it was made from; it is made again when any of that changed. Nothing but Node's own modules is
// loaded until then, because the command line asks at every start.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from './run-quietly.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
export const ENTRIES = {
  web: 'scripts/web.ts',
  worker: 'worker/main.ts',
  cli: 'cli/main.ts',
  migrate: 'scripts/migrate-main.ts',
  'stripe-sync': 'scripts/stripe-sync.ts',
  'prepare-lists': 'scripts/prepare-lists.ts',
  // What stands in for the outside world on one machine.
  'local/sandbox': 'simulators/mail/start-sandbox.ts',
  'local/embedded-postgres': 'scripts/embedded-postgres.ts',
};
/** The command line asks the API through our own SDK, whose package says which file is for Node. */
export const SDK = { '#platform': './sdks/typescript/src/platform-node.ts' };
/** What changes the result without being a part of it. */
const ALSO = ['scripts/bundle.mjs', 'package-lock.json', 'tsconfig.json'];
const STAMP = 'built-from.json';
const TABLE = 'disposable.table';

/** Whether the bundle was made from what lies here now. */
export function isBundleFresh(outDir = join(root, 'dist')) {
  try {
    const made = JSON.parse(readFileSync(join(outDir, STAMP), 'utf8'));
    return Object.entries(made).every(([file, digest]) => digestOf(file) === digest);
  } catch {
    return false;
  }
}

/**
 * `clean` removes what earlier builds left; without it, a running process still finds the parts that it has not loaded yet.
 * Returns esbuild's report. Throws on failure, after the errors were printed.
 */
export async function bundle({ outDir = join(root, 'dist'), clean = false } = {}) {
  const { build } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: outDir,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // Of a hundred small modules, most of which are never used: loading them took a seventh of a command's start.
    alias: { zod: './node_modules/zod/index.js', ...SDK },
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const made = Object.fromEntries([...Object.keys(metafile.inputs), ...ALSO].map((file) => [file, digestOf(file)]));
  // Parts before the entries that name them, each in one step, so that nobody reads half a bundle.
  const isEntry = ({ path }) =>
    Object.hasOwn(
      ENTRIES,
      relative(outDir, path)
        .replaceAll('\\', '/')
        .replace(/\.js(\.map)?$/, ''),
    );
  for (const file of outputFiles.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b))))
    writeWhole(file.path, file.contents);
  const table = await runQuietly('Preparing the lists', process.execPath, [
    join(outDir, 'prepare-lists.js'),
    join(outDir, TABLE),
  ]);
  if (table !== 0) throw new Error('The lists could not be prepared; the lines above say why.');
  if (clean) removeOthers(outDir, [...outputFiles.map(({ path }) => path), join(outDir, TABLE)]);
  writeWhole(join(outDir, STAMP), JSON.stringify(made, null, 1));
  return metafile;
}

const digestOf = (file) =>
  createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('base64url');

function writeWhole(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}

function removeOthers(outDir, kept) {
  for (const entry of readdirSync(outDir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.includes(path)) rmSync(path);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle({ clean: true });
