// The DNS of the suite: NSD, authoritative for `test.` and for two real names that only it answers. It knows nothing else, so
// a name outside its zones is refused and nothing is ever asked of the internet.
import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { renderConfig } from './render-config';
import { answersOn, type Running, startProgram } from './running';
import { CONFIGURATIONS, makeServerFolder, type Place } from './suite-paths';

export async function startDns(place: Place): Promise<Running> {
  const dir = makeServerFolder(place.dir, 'dns');
  const conf = join(dir, 'conf');
  renderConfig(join(CONFIGURATIONS, 'dns'), conf, { DIR: dir, CONF: conf, PORT: place.dnsPort });
  chownSync(
    dir,
    Number(execFileSync('id', ['-u', 'nsd'], { encoding: 'utf8' })),
    Number(execFileSync('id', ['-g', 'nsd'], { encoding: 'utf8' })),
  );
  return startProgram({
    name: 'NSD',
    command: 'nsd',
    args: ['-d', '-c', join(conf, 'nsd.conf')],
    output: join(dir, 'output.log'),
    isReady: () => answersOn('127.0.0.1', place.dnsPort),
  });
}
