// Runs the evaluation as one does by hand, on small files made up here: its counts, what it calls costly, its exit status.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'eval-replies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const UNKNOWN = { id: 'unknown', code: 550, enhanced: '5.1.1', text: 'User unknown', stage: 'rcpt', label: 'mailbox_not_found' };
const FULL = { id: 'full', code: 552, enhanced: '5.2.2', text: 'Mailbox full', stage: 'rcpt', label: 'mailbox_full' };
const BLOCKED = { id: 'blocked', code: 554, text: 'Your IP is blocked', stage: 'connect', label: 'sender_blocked' };
/** The label is deliberately wrong: a reply about the recipient is labeled as one about us. */
const COSTLY = { ...UNKNOWN, id: 'costly-one', label: 'sender_blocked' };
/** Wrong, but not costly: both meanings are refusals of us. */
const MERELY_WRONG = { ...BLOCKED, id: 'merely-wrong', label: 'greylisted' };
const SILENT = { id: 'silent', code: 554, text: '', stage: 'rcpt', label: 'policy_other' };

function evaluate(
  rows: readonly object[] | string,
  ...flags: readonly string[]
): { status: number | null; out: string; err: string } {
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, typeof rows === 'string' ? rows : rows.map((row) => JSON.stringify(row)).join('\n'));
  return run(file, ...flags);
}

function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/eval-replies.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

test('recall is counted by label, and macro recall weighs each label alike', () => {
  const { status, out } = evaluate([UNKNOWN, UNKNOWN, FULL, BLOCKED, MERELY_WRONG]);
  expect(status).toBe(0);
  expect(out).toMatch(/mailbox_not_found\s+2 of\s+2 {2}recall 100\.0 %/);
  expect(out).toMatch(/greylisted\s+0 of\s+1 {2}recall 0\.0 %/);
  expect(out).toMatch(/all\s+rows\s+5 {2}right\s+80\.0 % {2}macro recall 0\.7500/);
});

test('a label in also_ok counts as right', () => {
  const { out } = evaluate([{ ...MERELY_WRONG, also_ok: ['sender_blocked'] }]);
  expect(out).toMatch(/right\s+100\.0 % {2}macro recall 1\.0000/);
});

test('a reply about us that is read as about the recipient is costly and is shown, but fails nothing', () => {
  const { status, out } = evaluate([UNKNOWN, COSTLY, MERELY_WRONG]);
  expect(status).toBe(0);
  expect(out).toContain('costly (about us or about time, read as about the recipient): 1');
  expect(out).toContain('costly-one');
  expect(out).not.toContain('merely-wrong');
});

test('a reply that no rule matches counts as ambiguous', () => {
  expect(evaluate([SILENT, FULL, UNKNOWN, BLOCKED]).out).toMatch(/ambiguous\s+25\.0 %/);
});

test('--misses lists the misread replies and nothing else', () => {
  const { out } = evaluate([UNKNOWN, MERELY_WRONG], '--misses');
  const misses = out.slice(out.indexOf('misses:'));
  expect(misses).toContain('merely-wrong connect 554  greylisted → sender_blocked');
  expect(misses).not.toContain('mailbox_not_found');
});

test('--folds scores five folds by source, and again without the rules that only that fold supports', () => {
  const { status, out } = evaluate(
    [UNKNOWN, FULL, BLOCKED].map((row, at) => ({ ...row, source: `source-${String(at)}` })),
    '--folds',
  );
  expect(status).toBe(0);
  expect(out.match(/^fold \d/gm)).toHaveLength(10);
  expect(out).toMatch(/fold \d \(-1 rules\)/);
});

test('a stage the classifier does not know, a byte order mark and blank lines are read', () => {
  const { status, out } = evaluate(`\uFEFF${JSON.stringify({ ...UNKNOWN, stage: 'eod' })}\n\n${JSON.stringify(FULL)}\n`);
  expect(status).toBe(0);
  expect(out).toMatch(/rows\s+2 {2}right\s+100\.0 %/);
});

test.each([
  ['no JSON', 'no json at all'],
  ['an unknown label', JSON.stringify({ ...UNKNOWN, label: 'gone' })],
  ['no text', JSON.stringify({ code: 550, label: 'mailbox_full' })],
])('a file that is not labeled replies ends with an error: %s', (_, text) => {
  const { status, out, err } = evaluate(text);
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('cannot be read as labeled replies');
});

test('no file, and a file that is not there, end with an error', () => {
  const { status, err } = run();
  expect(status).toBe(2);
  expect(err).toContain('usage');
  expect(run(join(folder, 'nowhere.jsonl')).status).toBe(2);
});
