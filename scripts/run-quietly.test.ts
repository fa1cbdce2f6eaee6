import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs a script in a process whose standard error is no terminal, with a clock a hundred times faster. */
function runIn(script: string) {
  const code = `
    const every = setInterval;
    globalThis.setInterval = (work, ms) => every(work, ms / 100);
    const { runQuietly } = await import('./scripts/run-quietly.mjs');
    const status = await runQuietly('Doing it', process.execPath, ['-e', ${JSON.stringify(script)}]);
    console.log('status ' + status);`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
}

test('it reports progress while the program runs and holds its output back', () => {
  const { stdout, stderr } = runIn('console.log("chatter"); console.error("more"); setTimeout(() => {}, 450)');
  expect(stdout).toBe('status 0\n');
  const lines = stderr.trim().split('\n');
  expect(lines[0]).toBe('Doing it …');
  expect(lines.filter((line) => /^Doing it … \d+ s$/.test(line)).length).toBeGreaterThanOrEqual(2);
  expect(lines.at(-1)).toMatch(/^Doing it: done in \d+ s$/);
  expect(stderr).not.toMatch(/chatter|more/);
});

test('all output is shown when the program fails', () => {
  const { stdout, stderr } = runIn('console.log("what it did"); console.error("why"); process.exitCode = 3');
  expect(stdout).toBe('status 3\n');
  expect(stderr).toMatch(/Doing it: failed after \d+ s/);
  expect(stderr).toContain('what it did');
  expect(stderr).toContain('why');
});

test('a missing program is a failure with a reason', () => {
  const code = `const { runQuietly } = await import('./scripts/run-quietly.mjs'); console.log(await runQuietly('x', '/no/such/program', []));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  expect(stdout).toBe('1\n');
  expect(stderr).toContain('ENOENT');
});
