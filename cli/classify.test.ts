import { expect, test } from 'vitest';
import { runCli } from '@/tests/cli/run-cli';

const UNKNOWN = { code: 550, enhanced: '5.1.1', text: 'User unknown', stage: 'rcpt', id: 'r1' };

test('classify prints the same object with its meaning and the rule that fired', async () => {
  const { code, lines } = await runCli(['classify', '--stdin'], { input: `\uFEFF${JSON.stringify(UNKNOWN)}\r\n\r\n` });
  expect(code).toBe(0);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { ...UNKNOWN, meaning: 'mailbox_not_found', rule: 'read.recipient.unknown' },
  ]);
});

test('every object gets its line: what cannot be read is ambiguous, never a guess', async () => {
  const objects = [
    { code: '550', text: null },
    { text: 'User unknown' },
    { code: 99 },
    { ...UNKNOWN, stage: 'RCPT', enhanced: 5 },
  ];
  const { code, lines } = await runCli(['classify', '--stdin'], {
    input: objects.map((object) => JSON.stringify(object)).join('\n'),
  });
  expect(code).toBe(0);
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { code: '550', meaning: 'ambiguous', rule: null },
    { text: 'User unknown', meaning: 'ambiguous', rule: null },
    { code: 99, meaning: 'ambiguous', rule: null },
    { stage: 'RCPT', enhanced: 5, meaning: 'mailbox_not_found' },
  ]);
});

test('a line that is no JSON object is named, the others are read, and the exit code says so', async () => {
  const { code, lines, stderr } = await runCli(['classify', '--stdin'], { input: `oops\n[1]\n${JSON.stringify(UNKNOWN)}\n` });
  expect({ code, count: lines.length }).toEqual({ code: 1, count: 1 });
  expect(stderr.trim().split('\n')).toEqual(['line 1 is not a JSON object', 'line 2 is not a JSON object']);
});

test('without --stdin it ends with 2 and a sentence', async () => {
  const { code, stderr } = await runCli(['classify']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--stdin/);
});
