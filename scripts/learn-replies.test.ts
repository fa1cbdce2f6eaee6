// Runs the script as one does by hand, on small files made up here. Nothing is written.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LEARNED } from '@/worker/engine/replies/learned.data';
import { readAs } from './read-as';

const WEIGHTS = 'worker/engine/replies/learned.data.ts';
const folder = mkdtempSync(join(tmpdir(), 'learn-replies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/learn-replies.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

/** Words that belong to no word family, so only the second reader can tell the replies apart. */
const rows = Array.from({ length: 60 }, (_, at) => ({
  code: 550,
  stage: 'rcpt',
  text: at % 2 === 0 ? 'zorble flumph grault' : 'quux wibble garply',
  label: at % 2 === 0 ? 'relay_denied' : 'policy_other',
  source: [`source ${String(at)}`],
}));

test('held-out sources are classified by what the others taught, identically each time, and nothing is written', () => {
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  const before = readFileSync(WEIGHTS, 'utf8');
  const { status, out } = run('--measure', file);
  expect(status).toBe(0);
  expect(out).toMatch(/alone\s+rows\s+60 {2}right\s+0 {2}macro recall 0\.0000 {2}ambiguous 60/);
  expect(out).toMatch(/second reader\s+rows\s+60 {2}right\s+60 {2}macro recall 1\.0000 {2}ambiguous 0/);
  expect(run('--measure', file).out).toBe(out);
  expect(readFileSync(WEIGHTS, 'utf8')).toBe(before);
});

test('without a file, or with one that cannot be read, it says so and ends with 2', () => {
  expect(run('--measure')).toMatchObject({ status: 2, out: '' });
  expect(run(join(folder, 'none.jsonl'))).toMatchObject({ status: 2, out: '' });
});

test('the weights are no older than the way replies are read: learn again (docs/replies.md), or say here that it makes no difference', () => {
  expect(LEARNED.readAs).toBe(readAs());
});
