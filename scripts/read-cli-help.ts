// Reads the help of every command by running the shipped command line, as a reader would.
import { spawnSync } from 'node:child_process';

export interface CommandHelp {
  /** As typed, without the program's name. */
  command: string;
  help: string;
}

/** Commander wraps lines at the width of the terminal; here there is no terminal. */
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

/** Every command that can be run; a group comes before its commands. */
export function readCliHelp(words: readonly string[] = []): readonly CommandHelp[] {
  const help = askHelp(words);
  const below = commandsIn(help).flatMap((name) => readCliHelp([...words, name]));
  return words.length === 0 ? below : [{ command: words.join(' '), help }, ...below];
}
