// Greylisting: postgrey as Postfix's policy daemon, with a delay of seconds that its reply names, so that a run can wait for it.
import { execFileSync } from 'node:child_process';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersOn, type Running, startProgram } from './running';
import { makeServerFolder, type Place } from './suite-paths';

export const GREYLIST_DELAY_S = 5;

export async function startPostgrey(place: Place): Promise<Running> {
  const dir = makeServerFolder(place.dir, 'postgrey');
  const owner = Number(execFileSync('id', ['-u', 'postgrey'], { encoding: 'utf8' }));
  const group = Number(execFileSync('id', ['-g', 'postgrey'], { encoding: 'utf8' }));
  chownSync(makeServerFolder(dir, 'db'), owner, group);
  // The packaged whitelists contain 127.0.0.1 and postmaster; the suite wants every triplet greylisted.
  writeFileSync(join(dir, 'nobody'), '');
  return startProgram({
    name: 'postgrey',
    command: 'postgrey',
    args: [
      `--inet=127.0.0.1:${place.greylistPort}`,
      `--dbdir=${join(dir, 'db')}`,
      `--delay=${GREYLIST_DELAY_S}`,
      '--greylist-text=Greylisted, please try again in %s seconds',
      `--whitelist-clients=${join(dir, 'nobody')}`,
      `--whitelist-recipients=${join(dir, 'nobody')}`,
      '--auto-whitelist-clients=0',
    ],
    output: join(dir, 'output.log'),
    isReady: () => answersOn('127.0.0.1', place.greylistPort),
  });
}
