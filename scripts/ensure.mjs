// Runs before start, dev, test and the command line, with only Node's own modules. Checks the Node version, installs the packages when
// node_modules does not match the lock file, and generates the database client when the schema changed. Before a command that runs from
// the bundle, it also rebuilds the bundle if any input changed; if the bundle is fresh, packages that only building needs are not
// installed. No package may download a binary.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { bundle, isBundleFresh } from './bundle.mjs';
import { isInstalled } from './is-installed.mjs';
import { runQuietly } from './run-quietly.mjs';
import { leaveStartOfWork } from './started-at.mjs';

const NEEDED = { major: 20, minor: 19 };
const SUPPORTED = 'Node 22 and 24';
const OLDEST_SUPPORTED = 22;
const root = fileURLToPath(new URL('..', import.meta.url));
const clientStamp = join(root, 'lib/platform/db/_prisma/.generated-from');
/** These commands run from the bundle. */
const isCommand = ['precli', 'prestripe:sync'].includes(process.env.npm_lifecycle_event ?? '');
const isStart = ['prestart', 'predev'].includes(process.env.npm_lifecycle_event ?? '');

// Exit through process.exit, so that its handlers end an installation under way.
for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
  console.error(`${SUPPORTED} are supported; this is ${process.version}, which is too old to run this.`);
  process.exit(1);
}
if (isStart && major < OLDEST_SUPPORTED) {
  console.error(`Node ${major} gets no security fixes any more. It still works here; ${SUPPORTED} are supported.`);
}

if (isCommand && isInstalled(root, undefined, true) && isBundleFresh()) process.exit(0);
if (!isInstalled(root)) {
  const install = ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error', '--include=dev', '--include=optional'];
  await run('Installing packages', 'npm', install);
}
if (!existsSync(clientStamp) || readFileSync(clientStamp, 'utf8') !== digest('prisma/schema.prisma')) {
  await run('Generating the database client', process.execPath, [join(root, 'scripts/prisma.mjs'), 'generate']);
  writeFileSync(clientStamp, digest('prisma/schema.prisma'));
}
if (isCommand && !isBundleFresh()) await bundle().catch(giveUp);
if (isStart) leaveStartOfWork(performance.timeOrigin);

function giveUp(error) {
  console.error(`The command line could not be built: ${error.message}`);
  process.exit(1);
}

function digest(file) {
  return createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex');
}

async function run(label, command, args) {
  const status = await runQuietly(label, command, args, {
    cwd: root,
    shell: process.platform === 'win32' && command === 'npm',
    // The build tools are needed at run time too, so a production NODE_ENV must not skip them. Prisma's engine is our own shim.
    env: { ...process.env, NODE_ENV: 'development', PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'scripts/schema-engine.mjs') },
  });
  if (status !== 0) process.exit(status);
}
