// Bundles the programs to plain JavaScript with source maps, so that production needs no compiler and commands start quickly:
// dist/web.js, worker.js, cli.js, migrate.js, and dist/local/, which only local mode loads. Packages stay outside, in node_modules.
// dist/built-from.json lists the inputs; the bundle is rebuilt when any of them changed. This file loads only Node's own modules until a
// build is needed, because the command line checks freshness at every start.
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
  // The stand-ins for the outside world on one machine.
  'local/sandbox': 'simulators/mail/start-sandbox.ts',
  'local/embedded-postgres': 'scripts/embedded-postgres.ts',
};
/**
 * Packages that become part of the bundle, because a command would spend much of its start on loading them: zod's other entry consists of a
 * hundred small modules, and in tldts' CommonJS file, which is mostly tables, Node looks for the names that it exports.
 */
const WHOLE = { zod: './node_modules/zod/index.js', tldts: './node_modules/tldts/dist/index.esm.min.js' };
/** The command line calls the API through our own SDK, whose package.json maps `#platform` to its Node file. */
export const SDK = { '#platform': './sdks/typescript/src/platform-node.ts' };
/** Files that affect the result without being part of it. */
const ALSO = ['scripts/bundle.mjs', 'package-lock.json', 'tsconfig.json'];
const STAMP = 'built-from.json';
const TABLE = 'disposable.table';

/** Whether the bundle was built from the current sources. */
export function isBundleFresh(outDir = join(root, 'dist')) {
  try {
    const made = JSON.parse(readFileSync(join(outDir, STAMP), 'utf8'));
    return Object.entries(made).every(([file, digest]) => digestOf(file) === digest);
  } catch {
    return false;
  }
}

/**
 * `clean` removes the output of earlier builds. Without it, a running process can still load the chunks that it has not loaded yet.
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
    alias: { ...WHOLE, ...SDK },
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const made = Object.fromEntries([...Object.keys(metafile.inputs), ...ALSO].map((file) => [file, digestOf(file)]));
  // Chunks before the entries that import them, each renamed into place, so that no process reads half a bundle.
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
