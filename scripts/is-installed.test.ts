import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstalled } from './is-installed.mjs';

const MACHINE = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const WANTED = {
  '': { name: 'x' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/a/node_modules/b': { version: '2.0.0' },
  'node_modules/native-here': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'node_modules/native-musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'node_modules/native-mac': { version: '1.0.0', optional: true, os: ['darwin'] },
  'node_modules/not-windows': { version: '1.0.0', optional: true, os: ['!win32'] },
  'node_modules/may-not-build': { version: '1.0.0', optional: true },
};
const HERE = ['a', 'a/node_modules/b', 'native-here', 'not-windows'].map((name) => `node_modules/${name}`);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'installed-'));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
  for (const path of HERE) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), '{}');
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const all = (): Record<string, unknown> => Object.fromEntries(Object.entries(WANTED).filter(([path]) => HERE.includes(path)));
const note = (packages: unknown): void =>
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
const check = (): boolean => isInstalled(root, MACHINE);

test('what npm installed is there, whoever ran it; packages for other systems are not missed', () => {
  note(all());
  expect(check()).toBe(true);
  note({ ...all(), 'node_modules/more': { version: '1.0.0' } });
  expect(check()).toBe(true);
});

test.each([
  ['nothing was noted', () => rmSync(join(root, 'node_modules/.package-lock.json'), { force: true })],
  ['the note is broken', () => writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages":')],
  ['the lock asks for another version', () => note({ ...all(), 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } })],
  ['the same version is another file', () => note({ ...all(), 'node_modules/a': { version: '1.0.0', integrity: 'sha512-z' } })],
  ['a package is missing', () => note({ ...all(), 'node_modules/a/node_modules/b': undefined })],
  ['what this machine needs was left out', () => note({ ...all(), 'node_modules/native-here': undefined })],
  ['its folder is gone', () => rmSync(join(root, 'node_modules/a/node_modules/b'), { recursive: true })],
])('it is installed again where %s', (_what, change) => {
  note(all());
  change();
  expect(check()).toBe(false);
});

test('this project itself is installed', () => {
  expect(isInstalled(process.cwd())).toBe(true);
});

test('to run, only the packages for building and testing may be missing', () => {
  const wanted = {
    ...WANTED,
    'node_modules/compiler': { version: '1.0.0', dev: true },
    // An optional peer of another package.
    'node_modules/cli-of-a-driver': { version: '1.0.0', devOptional: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  note(all());
  expect(isInstalled(root, MACHINE)).toBe(false);
  expect(isInstalled(root, MACHINE, true)).toBe(true);
  rmSync(join(root, 'node_modules/a/package.json'));
  expect(isInstalled(root, MACHINE, true)).toBe(false);
});
