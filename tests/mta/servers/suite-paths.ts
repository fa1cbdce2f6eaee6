// The folders of one run. The servers drop privileges to other accounts, so everything they read is in a folder that all may enter; the
// checkout itself may be in a home folder that they may not.
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
export const CONFIGURATIONS = fileURLToPath(new URL('../conf', import.meta.url));
export const WORK_DIR = join(REPOSITORY, '.data/mta');

export interface Place {
  /** The run's scratch folder. */
  dir: string;
  /** The one port of all mail hosts. */
  smtpPort: number;
  dnsPort: number;
  greylistPort: number;
  /** Where the suite's DNS also listens on port 53, for servers that can't be configured with a port. */
  resolverAddress: string;
}

export function makeScratchFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ev-mta-'));
  chmodSync(dir, 0o755);
  return dir;
}

export function makeServerFolder(dir: string, name: string): string {
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}
