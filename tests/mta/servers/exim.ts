// Two Exim daemons in the foreground, with one configuration but separate addresses, spool and log, because the recipient limit is a
// setting of a whole daemon.
import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { MAIL_HOSTS, type MailHostName } from '../mail-hosts';
import { type Installed, libraryPath } from './installed';
import { renderConfig } from './render-config';
import { answersOn, type Running, startProgram } from './running';
import { CONFIGURATIONS, makeServerFolder, type Place } from './suite-paths';

interface Daemon {
  folder: string;
  hosts: readonly MailHostName[];
  recipientsMax: number;
}

const DAEMONS = {
  exim: { folder: 'exim', hosts: ['exim/plain', 'exim/busy', 'exim/reputation'], recipientsMax: 10 },
  eximCrowd: { folder: 'exim-crowd', hosts: ['exim/crowd', 'exim/picky'], recipientsMax: 1000 },
} as const satisfies Record<string, Daemon>;

export const EXIM_LOGS: readonly string[] = Object.values(DAEMONS).flatMap(({ folder }) => [
  `${folder}/log/mainlog`,
  `${folder}/log/paniclog`,
]);

export async function startExim(place: Place, installed: Installed): Promise<Running> {
  const first = await startDaemon(place, installed, DAEMONS.exim);
  const second = await startDaemon(place, installed, DAEMONS.eximCrowd);
  return {
    name: 'Exim',
    stop: async () => {
      await Promise.all([first.stop(), second.stop()]);
    },
  };
}

function startDaemon(place: Place, installed: Installed, { folder, hosts, recipientsMax }: Daemon): Promise<Running> {
  const dir = makeServerFolder(place.dir, folder);
  const conf = join(dir, 'conf');
  renderConfig(join(CONFIGURATIONS, 'exim'), conf, {
    DIR: dir,
    CONF: conf,
    PORT: place.smtpPort,
    ADDRESSES: hosts.map((name) => MAIL_HOSTS[name]).join(' ; '),
    RECIPIENTS_MAX: recipientsMax,
  });
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
    isReady: () => answersOn(MAIL_HOSTS[hosts[0] ?? 'exim/plain'], place.smtpPort, /^220 .*Exim/),
  });
}
