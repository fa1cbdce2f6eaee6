// Starts the suite's mail hosts and its DNS together, and ends them together.
import { startDns } from './dns';
import { startExim } from './exim';
import { startHaraka } from './haraka';
import { readInstalled } from './installed';
import { startOpenSmtpd } from './opensmtpd';
import { startPostfix } from './postfix';
import { startPostgrey } from './postgrey';
import { freePort, freeResolverAddress, type Running } from './running';
import { makeScratchFolder, type Place, WORK_DIR } from './suite-paths';
import { startZoo } from './zoo';

/** A separate folder and ports for one run. */
export async function findPlace(): Promise<Place> {
  return {
    dir: makeScratchFolder(),
    smtpPort: await freePort(),
    dnsPort: await freePort(),
    greylistPort: await freePort(),
    resolverAddress: await freeResolverAddress(),
  };
}

/** `endAll` ends them. */
export async function startServers(place: Place): Promise<readonly Running[]> {
  const installed = readInstalled(WORK_DIR);
  return [
    await startDns(place),
    await startPostgrey(place),
    await startPostfix(place, installed),
    await startExim(place, installed),
    await startOpenSmtpd(place, installed),
    await startHaraka(place),
    await startZoo(place),
  ];
}
