import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCli } from '@/tests/cli/run-cli';
import { completionOf } from './completion';
import { COMMANDS } from './commands';
import { buildProgram, everyOf } from './program';

const scriptOf = async (shell: string): Promise<string> => {
  const { code, lines, stderr } = await runCli(['completion', shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return lines.join('\n');
};

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

it('another shell is wrong use', async () => {
  expect(await runCli(['completion', 'csh'])).toMatchObject({ code: 2, lines: [] });
});
