// The suite's DNS: NSD, authoritative for `test.` and for two real names that only it answers. It knows nothing else, so a name outside its
// zones is refused and the internet is never asked. Listens on a port of the run for the product, and on port 53 of one loopback address
// for the servers.
import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { MAIL_HOSTS, ZOO_HOST_NAMES, zooDomain } from '../mail-hosts';
import { renderConfig } from './render-config';
import { answersOn, type Running, startProgram } from './running';
import { CONFIGURATIONS, makeServerFolder, type Place } from './suite-paths';

const zooHosts = (): string =>
  ZOO_HOST_NAMES.map(
    (name) => `${zooDomain(name)}. MX 10 mx.${zooDomain(name)}.\nmx.${zooDomain(name)}. A ${MAIL_HOSTS[name]}`,
  ).join('\n');

export async function startDns(place: Place): Promise<Running> {
  const dir = makeServerFolder(place.dir, 'dns');
  const conf = join(dir, 'conf');
  renderConfig(join(CONFIGURATIONS, 'dns'), conf, {
    DIR: dir,
    CONF: conf,
    PORT: place.dnsPort,
    RESOLVER: place.resolverAddress,
    ZOO_HOSTS: zooHosts(),
  });
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
    isReady: async () => (await answersOn('127.0.0.1', place.dnsPort)) && (await answersOn(place.resolverAddress, 53)),
  });
}
