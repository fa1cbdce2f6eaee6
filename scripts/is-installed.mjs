// Whether node_modules holds what package-lock.json asks for, whoever installed it. npm notes what it installed in
// node_modules/.package-lock.json; each package of the lock has to be there in the same version and to lie on the disk. Packages for
// other systems are left out by npm, and are not missed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `isForRunning`: what only building and testing needs may be missing. */
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

/** The lock has no checksum where the registry it was made with did not know the package. */
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

/** Whether npm installs an optional package here. One that names no system may have failed to build, which npm forgives. */
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
