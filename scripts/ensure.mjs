// Runs before start, dev, test and the command line, with nothing but Node's own modules: checks the Node version, installs
// the packages when node_modules is missing or older than the lock file, and generates the database client when the schema
// changed. No package may download a binary of its own.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const NEEDED = { major: 20, minor: 19 };
const root = fileURLToPath(new URL('..', import.meta.url));
const installedStamp = join(root, 'node_modules/.installed-lock');
const clientStamp = join(root, 'lib/data/_prisma/.generated-from');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
  console.error(`Node ${NEEDED.major}.${NEEDED.minor} or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

if (isStale(installedStamp, 'package-lock.json')) {
  console.error('Installing packages (a minute or two, once) …');
  const install = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'];
  run('npm', install, 'The packages could not be installed; the lines above say why.');
  remember(installedStamp, 'package-lock.json');
}
if (isStale(clientStamp, 'prisma/schema.prisma')) {
  const generate = [join(root, 'scripts/prisma.mjs'), 'generate'];
  run(process.execPath, generate, 'The database client could not be generated; the lines above say why.');
  remember(clientStamp, 'prisma/schema.prisma');
}

function digest(file) {
  return createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex');
}

function isStale(stamp, file) {
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest(file);
}

function remember(stamp, file) {
  writeFileSync(stamp, digest(file));
}

function run(command, args, complaint) {
  const result = spawnSync(command, args, {
    cwd: root,
    // Standard output belongs to the command that follows (the CLI prints JSON there).
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
    // Build tools are needed at run time too, so a production NODE_ENV must not skip them; Prisma's engine is our own shim.
    env: { ...process.env, NODE_ENV: 'development', PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'scripts/schema-engine.mjs') },
  });
  if (result.status === 0) return;
  console.error(complaint);
  process.exit(result.status ?? 1);
}
