// Haraka, pinned by install.sh, with the suite's plugin that knows its mailboxes. Its output is its log and shows every command it
// receives.
import { join } from 'node:path';
import { MAIL_HOSTS } from '../mail-hosts';
import { renderConfig } from './render-config';
import { answersOn, type Running, startProgram } from './running';
import { CONFIGURATIONS, makeServerFolder, type Place, WORK_DIR } from './suite-paths';

export const HARAKA_LOG = 'haraka/output.log';

export function startHaraka(place: Place): Promise<Running> {
  const dir = makeServerFolder(place.dir, 'haraka');
  makeServerFolder(dir, 'queue');
  for (const folder of ['config', 'plugins']) {
    renderConfig(join(CONFIGURATIONS, 'haraka', folder), join(dir, folder), { PORT: place.smtpPort });
  }
  return startProgram({
    name: 'Haraka',
    command: 'node',
    args: [join(WORK_DIR, 'haraka/node_modules/Haraka/bin/haraka'), '-c', dir],
    output: join(place.dir, HARAKA_LOG),
    readyWithinMs: 30_000,
    isReady: () => answersOn(MAIL_HOSTS.haraka, place.smtpPort, /^220 .*Haraka/),
  });
}
