// Run after each change of package-lock.json. Some registries answer 404 for optional packages of other platforms, so npm
// leaves them out of the lock, and `npm ci` then fails or other systems miss their native binary. This adds an entry
// (version, os, cpu; npm fetches the rest by name) for every exact optional dependency that the lock lacks.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = ['darwin', 'win32', 'android', 'freebsd', 'linux', 'netbsd', 'openbsd', 'sunos', 'aix', 'openharmony'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'riscv64', 'ppc64', 's390x', 'loong64', 'mips64el', 'wasm32'];

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const packages = lock.packages;

/** Whether a package at `from` finds `name`, walking up the folders as Node does. */
function isLocked(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined;
  }
}

function entryFor(name, version, isDev) {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((system) => words.includes(system) || (system === 'win32' && words.includes('windows')));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  return {
    version,
    optional: true,
    ...(isDev && { dev: true }),
    ...(os && { os: [os] }),
    ...(cpu && { cpu: [cpu] }),
    ...(os === 'linux' && { libc: [words.includes('musl') ? 'musl' : 'glibc'] }),
  };
}

let added = 0;
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!path || !/^\d+\.\d+\.\d+/.test(version) || isLocked(path, name)) continue;
    packages[`node_modules/${name}`] = entryFor(name, version, entry.dev);
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added to ${FILE}`);
