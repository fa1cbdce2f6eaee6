// One Exim daemon in the foreground on three loopback addresses, with its own configuration, spool and log.
import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { type Installed, libraryPath } from './installed';
import { renderConfig } from './render-config';
import { answersOn, type Running, startProgram } from './running';
import { CONFIGURATIONS, makeServerFolder, type Place } from './suite-paths';

export const EXIM_LOG = 'exim/log/mainlog';
export const EXIM_PANIC_LOG = 'exim/log/paniclog';

export async function startExim(place: Place, installed: Installed): Promise<Running> {
  const dir = makeServerFolder(place.dir, 'exim');
  const conf = join(dir, 'conf');
  renderConfig(join(CONFIGURATIONS, 'exim'), conf, { DIR: dir, CONF: conf, PORT: place.smtpPort });
  const owner = Number(execFileSync('id', ['-u', 'Debian-exim'], { encoding: 'utf8' }));
  const group = Number(execFileSync('id', ['-g', 'Debian-exim'], { encoding: 'utf8' }));
  for (const name of ['spool', 'log']) chownSync(makeServerFolder(dir, name), owner, group);
  const root = installed.eximRoot;
  return startProgram({
    name: 'Exim',
    command: `${root}/usr/sbin/exim4`,
    args: ['-bdf', '-C', join(conf, 'exim.conf')],
    settings: root === '' ? {} : { LD_LIBRARY_PATH: libraryPath(root) },
    output: join(dir, 'output.log'),
    isReady: () => answersOn('127.0.0.3', place.smtpPort, /^220 .*Exim/),
  });
}
