// `npm run pack:cli [-- FOLDER]`: packs the command line as a package without dependencies, so that `npx` starts it at once. It holds our
// code and that of the libraries in a few files, the prepared lists, and the libraries' licenses. Leaves the tarball in the folder
// (default: dist/package) and prints its path.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { z } from 'zod';
import { bundle, isBundleFresh, SDK } from './bundle.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'email-verifier-cli';
const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;
const FILES = ['dist', 'README.md', 'LICENSE', 'THIRD-PARTY-LICENSES.txt'];
const Own = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()),
});
const Library = z.object({ name: z.string(), version: z.string(), license: z.string().default('see below') });

/** Returns the path of the tarball. */
export async function packCli(outDir: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pack-cli-'));
  try {
    if (!isBundleFresh()) await bundle();
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: { cli: 'cli/package-main.ts' },
      outdir: join(folder, 'dist'),
      chunkNames: '[name]-[hash]',
      bundle: true,
      splitting: true,
      minifySyntax: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      alias: SDK,
      external: ['@/simulators/*'],
      // CommonJS libraries load Node's own modules with `require`.
      banner: { js: "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);" },
      metafile: true,
      logLevel: 'warning',
    });
    chmodSync(join(folder, 'dist/cli.js'), 0o755);
    copyFileSync(join(ROOT, 'dist/disposable.table'), join(folder, 'dist/disposable.table'));
    copyFileSync(join(ROOT, 'cli/README.md'), join(folder, 'README.md'));
    copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
    writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licensesOf(metafile));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
    return pack(folder, outDir);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function manifest() {
  const { version, description, license, engines } = Own.parse(readJson(join(ROOT, 'package.json')));
  const bin = { 'email-verifier': 'dist/cli.js' };
  return { name: NAME, version, description, license, type: 'module', engines, bin, files: FILES };
}

function pack(folder: string, outDir: string): string {
  mkdirSync(outDir, { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(outDir)];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  const [made] = z.array(z.object({ filename: z.string() })).parse(JSON.parse(stdout));
  return join(resolve(outDir), made?.filename ?? '');
}

/** The licenses of each bundled library, and of the lists that the table was made from. */
function licensesOf(metafile: Metafile): string {
  const folders = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((path) => path !== undefined);
  const lists = Object.keys(z.record(z.string(), z.string()).parse(readDependencies())).filter((name) =>
    /disposable|mailchecker/.test(name),
  );
  const all = [...new Set([...folders, ...lists.map((name) => `node_modules/${name}`)])].toSorted();
  return all.map(licenseOf).join(`\n${'-'.repeat(80)}\n\n`);
}

const readDependencies = (): unknown =>
  z.object({ dependencies: z.unknown() }).parse(readJson(join(ROOT, 'package.json'))).dependencies;

function licenseOf(folder: string): string {
  const path = join(ROOT, folder);
  const { name, version, license } = Library.parse(readJson(join(path, 'package.json')));
  const texts = readdirSync(path).filter((file) => LICENSE_FILE.test(file));
  return [`${name} ${version} (${license})`, ...texts.map((file) => readFileSync(join(path, file), 'utf8').trim()), ''].join(
    '\n\n',
  );
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await packCli(process.argv[2] ?? join(ROOT, 'dist/package')));
