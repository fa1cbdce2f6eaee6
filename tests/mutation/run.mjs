// Runs the mutation tests, all sections or the named ones, one after the other; arguments after `--` go to Stryker.
//   npm run test:mutation -- session status
//   npm run test:mutation -- decide -- --mutate worker/engine/decide.ts:80-90
import { spawnSync } from 'node:child_process';
import { SECTIONS } from '../../stryker.config.mjs';

const args = process.argv.slice(2);
const end = args.includes('--') ? args.indexOf('--') : args.length;
const named = args.slice(0, end);
const unknown = named.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  console.error(`No such section: ${unknown.join(', ')}. There are: ${Object.keys(SECTIONS).join(', ')}.`);
  process.exit(2);
}
for (const section of named.length > 0 ? named : Object.keys(SECTIONS)) {
  const { status } = spawnSync('npx', ['stryker', 'run', ...args.slice(end + 1)], {
    stdio: 'inherit',
    env: { ...process.env, MUTATION_SECTION: section },
  });
  if (status !== 0) process.exit(status ?? 1);
}
