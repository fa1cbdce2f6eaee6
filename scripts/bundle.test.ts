// What is shipped: plain JavaScript that runs in plain Node, with production dependencies only and without the simulators.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DISPOSABLE_SOURCES } from '@/worker/adapters/lists/load-disposable';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { bundle, isBundleFresh } from './bundle.mjs';

useTestDatabase();

const root = process.cwd();
/** Inside the project, so that packages resolve as they do from dist/. */
const parent = join(root, 'node_modules/.cache');
let outDir = '';
let built: Metafile;

beforeAll(async () => {
  mkdirSync(parent, { recursive: true });
  outDir = mkdtempSync(join(parent, 'bundle-'));
  built = await bundle({ outDir });
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

const PRODUCTION = ['web', 'worker', 'cli', 'migrate', 'stripe-sync'];
const SIMULATOR = /^simulators\/|^scripts\/(?:embedded-postgres|start|supervise|stand-in|stripe-stand-in)\.ts$/;
const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const { dependencies, devDependencies } = packageSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')));

/** The packages that Next leaves outside its own bundle. */
async function externalsOfNext(): Promise<string[]> {
  const file = '../next.config.mjs';
  const schema = z.object({ default: z.object({ serverExternalPackages: z.array(z.string()) }) });
  return schema.parse(await import(file)).default.serverExternalPackages;
}

function run(
  file: string,
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const child = spawn(process.execPath, ['--enable-source-maps', join(outDir, file), ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

/** The outputs that a program loads; with `later`, also those that it may load at run time outside local mode. */
function loadedBy(start: string, later: boolean): string[] {
  const prefix = relative(root, outDir);
  const found = new Set<string>();
  const walk = (path: string): void => {
    if (found.has(path) || path.startsWith(`${prefix}/local/`)) return;
    found.add(path);
    for (const { path: next, kind, external } of built.outputs[path]?.imports ?? []) {
      if (external !== true && (later || kind !== 'dynamic-import')) walk(next);
    }
  };
  walk(start.startsWith(prefix) ? start : `${prefix}/${start}.js`);
  return [...found];
}

function packagesOf(outputs: readonly string[]): string[] {
  const names = outputs
    .flatMap((path) => built.outputs[path]?.imports ?? [])
    .filter(({ path, external }) => external === true && !isBuiltin(path))
    .map(({ path }) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(names)].sort();
}

/** The output file that holds the command. */
function commandOutput(source: string): string {
  const found = Object.entries(built.outputs).find(([, { entryPoint }]) => entryPoint === source);
  if (found === undefined) throw new Error(`${source} is no part of its own`);
  return found[0];
}

describe('the bundle', () => {
  it('is a command line that plain Node runs, with nothing but JSON on standard output', async () => {
    const input = '{"code":550,"enhanced":"5.1.1","text":"no such user","stage":"rcpt"}\n';
    const { code, stdout } = await run('cli.js', ['classify', '--stdin'], { input });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ code: 550, meaning: 'mailbox_not_found' });
  });

  it('knows the disposable domains without reading the lists again', async () => {
    const { stdout } = await run('cli.js', ['verify', '--offline', 'somebody@mailinator.com', 'somebody@example.org']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([{ flags: { disposable: true } }, { flags: { disposable: false } }]);
  });

  it.each([
    ['cli/classify.ts', ['commander']],
    ['cli/verify.ts', ['commander', 'dns-packet', 'ipaddr.js', 'tr46']],
  ])('loads for %s only what it needs, so that it starts at once', (source, packages) => {
    expect(packagesOf(loadedBy(commandOutput(source), false))).toEqual(packages);
  });

  it.each(PRODUCTION)('%s holds no simulator, and loads none outside local mode', (name) => {
    const inputs = loadedBy(name, true).flatMap((path) => Object.keys(built.outputs[path]?.inputs ?? {}));
    expect(inputs.length).toBeGreaterThan(1);
    expect(inputs.filter((path) => SIMULATOR.test(path))).toEqual([]);
  });

  it('needs production packages only', async () => {
    const loaded = PRODUCTION.flatMap((name) => packagesOf(loadedBy(name, true)));
    const named = [...(await externalsOfNext()), ...DISPOSABLE_SOURCES.map((source) => source.package)];
    expect(loaded).toContain('graphile-worker');
    expect([...loaded, ...named].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });

  it('keeps packages that only builds and tests need in devDependencies', () => {
    for (const name of ['tsx', 'typescript', 'esbuild', 'prisma', 'embedded-postgres', 'tailwindcss']) {
      expect(Object.hasOwn(devDependencies, name)).toBe(true);
    }
  });

  it('is fresh until one of its inputs changes', () => {
    expect(isBundleFresh(outDir)).toBe(true);
    const stamp = join(outDir, 'built-from.json');
    const made = readFileSync(stamp, 'utf8');
    expect(made).toContain('cli/main.ts');
    writeFileSync(stamp, made.replace(/("cli\/main\.ts": ")./, '$1_'));
    expect(isBundleFresh(outDir)).toBe(false);
    writeFileSync(stamp, made.replace('cli/main.ts', 'cli/gone.ts'));
    expect(isBundleFresh(outDir)).toBe(false);
    writeFileSync(stamp, made);
  });
});

describe('in production', () => {
  const NEEDED = [
    'DATABASE_URL',
    'APP_URL',
    'AUTH_SECRET',
    'MAIL_URL',
    'MAIL_FROM',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
  ];

  it.each(['web.js', 'worker.js'])('%s refuses to start and names each setting that is missing', async (file) => {
    const { code, stderr } = await run(file, [], { env: { APP_MODE: 'production' } });
    expect(code).toBe(1);
    for (const name of NEEDED) expect(stderr).toContain(`  ${name}: `);
  });

  it('a stack trace names the source file, not the bundle', async () => {
    const { stderr } = await run('worker.js', [], { env: { APP_MODE: 'production' } });
    expect(stderr).toContain('worker/main.ts:');
  });

  it('a part without a database says so', async () => {
    const { code, stderr } = await run('web.js', []);
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL is required');
    expect((await run('migrate.js', [])).stderr).toContain('DATABASE_URL is required');
  });
});

describe('migrate', () => {
  it('creates the named database, migrates it, and changes nothing the second time', async () => {
    const url = new URL(process.env.DATABASE_URL ?? '');
    url.pathname += '_shipped';
    const env = { DATABASE_URL: url.toString() };
    // Two machines may migrate at the same moment: one waits for the other.
    const first = await Promise.all([run('migrate.js', [], { env }), run('migrate.js', [], { env })]);
    expect(first.map(({ code }) => code)).toEqual([0, 0]);
    const second = await run('migrate.js', [], { env });
    expect(second).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
  });

  it('reports in a sentence that no server answers', async () => {
    const { code, stderr } = await run('migrate.js', [], { env: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database could not be migrated: .*ECONNREFUSED/);
  });
});
