// One Postfix with several smtpd services, each on its own loopback address. It runs as `master -d` with separate queue, data and log
// folders; the machine's /etc/postfix is neither read nor written.
import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installed, libraryPath } from './installed';
import { makeCertificate } from './make-certificate';
import { renderConfig } from './render-config';
import { answersOn, type Running, startProgram } from './running';
import { CONFIGURATIONS, makeServerFolder, type Place } from './suite-paths';

export const POSTFIX_LOG = 'postfix/postfix.log';

const PRIVATE_QUEUES = [
  'active',
  'bounce',
  'corrupt',
  'defer',
  'deferred',
  'flush',
  'hold',
  'incoming',
  'private',
  'saved',
  'trace',
];

function idOf(kind: '-u' | '-g', account: string): number {
  return Number(execFileSync('id', [kind, account], { encoding: 'utf8' }));
}

/** Makes what `postfix check` would make, without its checks of the rest of the system. */
function makeQueue(dir: string, resolverAddress: string): void {
  const owner = idOf('-u', 'postfix');
  const group = idOf('-g', 'postfix');
  const make = (path: string, mode: number, isOwned: boolean): void => {
    mkdirSync(path, { mode, recursive: true });
    if (isOwned) chownSync(path, owner, group);
  };
  make(join(dir, 'queue'), 0o755, false);
  make(join(dir, 'queue/pid'), 0o755, false);
  make(join(dir, 'queue/public'), 0o755, true);
  make(join(dir, 'queue/maildrop'), 0o755, true);
  for (const name of PRIVATE_QUEUES) make(join(dir, 'queue', name), 0o700, true);
  make(join(dir, 'data'), 0o755, true);
  // For the service that is chrooted into the queue folder (master.cf).
  make(join(dir, 'queue/etc'), 0o755, false);
  writeFileSync(join(dir, 'queue/etc/resolv.conf'), `nameserver ${resolverAddress}\n`);
}

const unpackedSettings = (root: string): string =>
  [
    `daemon_directory = ${root}/usr/lib/postfix/sbin`,
    `command_directory = ${root}/usr/sbin`,
    `meta_directory = ${root}/etc/postfix`,
    `shlib_directory = ${root}/usr/lib/postfix`,
    `import_environment = MAIL_CONFIG LANG=C LD_LIBRARY_PATH=${libraryPath(root)}`,
    '',
  ].join('\n');

export async function startPostfix(place: Place, installed: Installed): Promise<Running> {
  const dir = makeServerFolder(place.dir, 'postfix');
  const conf = join(dir, 'conf');
  renderConfig(join(CONFIGURATIONS, 'postfix'), conf, {
    DIR: dir,
    CONF: conf,
    PORT: place.smtpPort,
    GREYLIST_PORT: place.greylistPort,
  });
  const root = installed.postfixRoot;
  if (root !== '') appendFileSync(join(conf, 'main.cf'), unpackedSettings(root));
  makeQueue(dir, place.resolverAddress);
  await makeCertificate(dir, 'mx.tls-mail.test');
  return startProgram({
    name: 'Postfix',
    command: `${root}/usr/lib/postfix/sbin/master`,
    args: ['-d', '-c', conf],
    settings: { MAIL_CONFIG: conf, ...(root === '' ? {} : { LD_LIBRARY_PATH: libraryPath(root) }) },
    output: join(dir, 'output.log'),
    isReady: () => answersOn('127.0.0.2', place.smtpPort, /^220 .*Postfix/),
  });
}
