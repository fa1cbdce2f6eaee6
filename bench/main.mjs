// `npm run bench -- <name> [options]`: runs bench/<name>.ts, which prints one JSON line.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const [name = '', ...rest] = process.argv.slice(2);
if (!/^[a-z-]+$/.test(name) || !existsSync(`bench/${name}.ts`)) {
  const names = readdirSync('bench').flatMap((file) => (/^(?!with-).*\.ts$/.test(file) ? [file.replace('.ts', '')] : []));
  console.error(`Name a benchmark: ${names.join(', ')}`);
  process.exit(2);
}
process.exit(spawnSync(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...rest], { stdio: 'inherit' }).status ?? 1);
