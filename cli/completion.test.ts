import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '@/tests/cli/run-cli';
import { completionOf } from './completion';
import { COMMANDS } from './commands';
import { buildProgram, everyOf } from './program';

const scripts = new Map<string, string>();

async function scriptOf(shell: string): Promise<string> {
  const known = scripts.get(shell);
  if (known !== undefined) return known;
  const { code, lines, stderr } = await runCli(['completion', shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  scripts.set(shell, lines.join('\n'));
  return scriptOf(shell);
}

const folder = mkdtempSync(join(tmpdir(), 'completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['bash', 'zsh', 'fish'])('the script for %s', (shell) => {
  it('names every command and every option', async () => {
    const script = await scriptOf(shell);
    everyOf(await buildProgram(completionOf(COMMANDS), () => true), (command) => {
      if (command.parent !== null) expect(script).toContain(command.name());
      for (const { long } of command.options) expect(script).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : long);
    });
  });
});

it('bash reads it, and completes inside a command, after its options, and files where nothing else fits', async () => {
  const script = await scriptOf('bash');
  const complete = (...words: string[]): string[] => {
    const typed = `COMP_WORDS=(email-verifier ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`;
    const input = `${script}\n${typed}\n_email_verifier\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc'], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.trim().split('\n');
  };
  expect(complete('ve')).toEqual(['verify']);
  expect(complete('keys', '--help', 'ro')).toEqual(['rotate']);
  expect(complete('list', 'upload', '--sta')).toEqual(['--start']);
  expect(complete('list', 'upload', 'package.js')).toEqual(['package.json']);
});

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
/** What is typed in each shell, and what it must offer. */
const ASKED: readonly (readonly [typed: string, offered: readonly string[]])[] = [
  ['ve', ['verify']],
  ['keys --help ro', ['rotate']],
  ['keys li', ['list']],
  ['keys list up', []],
  ['list up', ['upload']],
  ['list upload --sta', ['--start']],
  ['list upload package.js', ['package.json']],
  ['list package.js', []],
];

describe.skipIf(!isThere('fish'))('fish', () => {
  it.each(ASKED)('reads it, and completes %j', async (typed, offered) => {
    const file = join(folder, 'email-verifier.fish');
    writeFileSync(file, await scriptOf('fish'));
    const typing = `source ${file}; complete -C 'email-verifier ${typed}'`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', typing], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const words = stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0]]));
    expect(words).toEqual(offered);
  });
});

// Runs zsh's line editor on a pseudo-terminal, with the script installed where zsh looks for it. The completion key also prints the
// resulting line.
const ZSH = String.raw`
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D"
zpty -w shell 'probe() { zle complete-word; print -r -- "<<$BUFFER>>"; zle send-break }; zle -N probe; bindkey "^I" probe; print -r -- "READ""Y"'
zpty -r shell line '*READY*'
zpty -w -n shell "email-verifier $2"$'	'
zpty -r shell line '*<<*>>*'
print -r -- "$line"
zpty -d shell
`;

describe.skipIf(!isThere('zsh'))('zsh', () => {
  it.each(ASKED)('reads it where it looks for such scripts, and completes %j', async (typed, offered) => {
    writeFileSync(join(folder, '_email-verifier'), await scriptOf('zsh'));
    const { stdout } = spawnSync('zsh', ['-f', '-s', folder, typed], { input: ZSH, encoding: 'utf8', timeout: 20_000 });
    const line = /<<email-verifier (.*?)>>/.exec(stdout)?.[1]?.trim();
    const [word = typed.split(' ').at(-1) ?? ''] = offered;
    expect(line).toBe([...typed.split(' ').slice(0, -1), word].join(' '));
  });

  it('reads it by source as well', async () => {
    const input = `autoload -Uz compinit; compinit -u -D\n${await scriptOf('zsh')}\nprint -r -- $_comps[email-verifier]\n`;
    const { stdout, stderr } = spawnSync('zsh', ['-f'], { input, encoding: 'utf8' });
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '_email_verifier', stderr: '' });
  });
});

it('another shell is a usage error', async () => {
  expect(await runCli(['completion', 'csh'])).toMatchObject({ code: 2, lines: [] });
});
