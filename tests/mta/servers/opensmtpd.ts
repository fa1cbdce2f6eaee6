// OpenSMTPD in a separate root under the run's folder. Its paths and accounts are fixed when it is built, so it gets a file tree that holds
// only itself, its libraries and two account files. The system is not touched; its output is its log.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MAIL_HOSTS } from '../mail-hosts';
import { type Installed, libraryPath } from './installed';
import { renderConfig } from './render-config';
import { answersOn, type Running, startProgram } from './running';
import { CONFIGURATIONS, makeServerFolder, type Place } from './suite-paths';

export const OPENSMTPD_LOG = 'opensmtpd/output.log';

const PROGRAM_FOLDERS = ['usr/sbin', 'usr/libexec'];
const FOLDERS = ['dev', 'etc', 'tmp', 'var/run', 'var/mail', 'var/lib/opensmtpd/empty'];
/** Linux character devices, by their minor number; the major number is 1. */
const DEVICES = { null: '3', zero: '5', random: '8', urandom: '9' };

/** `libevent-2.1.so.7 => /lib/…/libevent-2.1.so.7 (0x…)`, and the loader, whose line has no arrow. A script has none. */
function librariesOf(program: string, root: string): readonly string[] {
  const settings = [`LD_LIBRARY_PATH=${libraryPath(root)}`];
  const listed = spawnSync('env', [...settings, 'ldd', program], { encoding: 'utf8' }).stdout;
  if (listed.includes('not found')) throw new Error(`OpenSMTPD lacks a library:\n${listed}`);
  return [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
}

const programsIn = (unpacked: string): readonly string[] =>
  PROGRAM_FOLDERS.map((folder) => join(unpacked, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => lstatSync(path).isFile());

function copyInto(jail: string, path: string, from: string): void {
  mkdirSync(dirname(join(jail, path)), { recursive: true });
  cpSync(from, join(jail, path), { dereference: true });
}

function makeRoot(jail: string, unpacked: string): void {
  for (const folder of FOLDERS) mkdirSync(join(jail, folder), { recursive: true, mode: 0o755 });
  mkdirSync(join(jail, 'var/spool/smtpd'), { recursive: true, mode: 0o711 });
  for (const program of programsIn(unpacked)) {
    copyInto(jail, program.slice(unpacked.length), program);
    // A library found in the unpacked root is put where the loader looks by default.
    for (const library of librariesOf(program, unpacked)) {
      copyInto(jail, library.startsWith(unpacked) ? library.slice(unpacked.length) : library, library);
    }
  }
  for (const [name, minor] of Object.entries(DEVICES)) {
    execFileSync('mknod', ['-m', '666', join(jail, 'dev', name), 'c', '1', minor]);
  }
}

export function startOpenSmtpd(place: Place, installed: Installed): Promise<Running> {
  const jail = join(makeServerFolder(place.dir, 'opensmtpd'), 'root');
  makeRoot(jail, installed.openSmtpdRoot);
  renderConfig(join(CONFIGURATIONS, 'opensmtpd'), join(jail, 'etc'), { PORT: place.smtpPort, RESOLVER: place.resolverAddress });
  return startProgram({
    name: 'OpenSMTPD',
    command: 'chroot',
    // -T smtp: logs every line of the dialogue.
    args: [jail, '/usr/sbin/smtpd', '-d', '-v', '-T', 'smtp'],
    output: join(place.dir, OPENSMTPD_LOG),
    isReady: () => answersOn(MAIL_HOSTS.opensmtpd, place.smtpPort, /^220 .*OpenSMTPD/),
  });
}
