// Tells whether node_modules holds what package-lock.json asks for, whoever installed it. npm notes what it installed in
// node_modules/.package-lock.json; each package of the lock has to be listed there in the same version and exist on disk. npm leaves out
// packages for other systems, so those do not count as missing.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `isForRunning`: packages that only building and testing need may be missing. */
export function isInstalled(root, machine = thisMachine(), isForRunning = false) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const found = packagesOf(join(root, 'node_modules/.package-lock.json'));
  if (wanted === null || found === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link === true) return true;
    const installed = found[path];
    if (installed === undefined && isForRunning && (entry.dev === true || entry.devOptional === true)) return true;
    if (installed === undefined) return entry.optional === true && !isFor(entry, machine);
    return isSame(entry, installed) && existsSync(join(root, path, 'package.json'));
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** The lock has no checksum if the registry that it was made with did not know the package. */
const isSame = (wanted, found) =>
  wanted.version === found.version &&
  (wanted.integrity === undefined || found.integrity === undefined || wanted.integrity === found.integrity);

function thisMachine() {
  const isGlibc = process.report?.getReport().header.glibcVersionRuntime !== undefined;
  return {
    os: process.platform,
    cpu: process.arch,
    libc: process.platform === 'linux' ? (isGlibc ? 'glibc' : 'musl') : undefined,
  };
}

/** Whether npm installs an optional package here. A package that names no system may have failed to build, which npm tolerates. */
function isFor({ os, cpu, libc }, machine) {
  if (os === undefined && cpu === undefined && libc === undefined) return false;
  return allows(os, machine.os) && allows(cpu, machine.cpu) && (machine.libc === undefined || allows(libc, machine.libc));
}

/** npm's lists: names, or names that are excluded (`!win32`). */
function allows(list, name) {
  if (list === undefined || list.includes('any')) return true;
  if (list.includes(`!${name}`)) return false;
  return list.every((item) => item.startsWith('!')) || list.includes(name);
}
