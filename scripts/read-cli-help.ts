// What the command line says of itself: the help of every command, found by asking what is shipped, as its reader would.
import { spawnSync } from 'node:child_process';

export interface CommandHelp {
  /** As it is typed, without the program's own name. */
  command: string;
  help: string;
}

/** Commander breaks lines at the width of the terminal, which is none here. */
function askHelp(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('node', ['dist/cli.js', ...words, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '', NO_COLOR: '1' },
  });
  if (status !== 0) throw new Error(`${words.join(' ')} --help ended with ${status}: ${stderr}`);
  return `${stdout}${stderr}`.trim();
}

const commandsIn = (help: string): readonly string[] =>
  [...(help.split(/^Commands:$/m)[1] ?? '').matchAll(/^ {2}([a-z][a-z-]*)\b/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');

/** Every command that can be run, groups in front of what is in them. */
export function readCliHelp(words: readonly string[] = []): readonly CommandHelp[] {
  const help = askHelp(words);
  const below = commandsIn(help).flatMap((name) => readCliHelp([...words, name]));
  return words.length === 0 ? below : [{ command: words.join(' '), help }, ...below];
}
