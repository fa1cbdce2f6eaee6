// Where install.sh put the mail servers: on the system, or unpacked in separate roots.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({ postfixRoot: z.string(), eximRoot: z.string(), openSmtpdRoot: z.string() });
export type Installed = z.infer<typeof schema>;

export function readInstalled(workDir: string): Installed {
  const file = join(workDir, 'installed.json');
  if (!existsSync(file)) throw new Error(`${file} is missing: run tests/mta/install.sh as root first.`);
  return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The library folders of an unpacked root, in the form of LD_LIBRARY_PATH; '' for the system itself. */
export function libraryPath(root: string): string {
  if (root === '') return '';
  return ['lib', 'usr/lib']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [
      folder,
      join(folder, 'postfix'),
      ...readdirSync(folder)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(folder, name)),
    ])
    .filter((folder) => existsSync(folder))
    .join(':');
}
