// The zoo (zoo/): hosts with one behavior each, in one process. Its output is its log.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from './make-certificate';
import { type Running, startProgram } from './running';
import { makeServerFolder, type Place, REPOSITORY } from './suite-paths';

export const ZOO_LOG = 'zoo/output.log';

export async function startZoo(place: Place): Promise<Running> {
  const dir = makeServerFolder(place.dir, 'zoo');
  const { key, certificate } = await makeCertificate(dir, 'mx.tls.zoo.test');
  const output = join(place.dir, ZOO_LOG);
  return startProgram({
    name: 'the zoo',
    command: 'node',
    args: ['--import', 'tsx', 'tests/mta/zoo/open-zoo.ts', String(place.smtpPort), key, certificate],
    cwd: REPOSITORY,
    output,
    isReady: () => Promise.resolve(/^open$/m.test(readFileSync(output, 'utf8'))),
    readyWithinMs: 60_000,
  });
}
