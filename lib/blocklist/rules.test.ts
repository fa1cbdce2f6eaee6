import { describe, expect, it } from 'vitest';
import { blockedAnswer, entriesNaming, readEntry, readLines, toEntryView } from './rules';

const entryOf = (line: string): string | null => {
  const read = readEntry(line);
  return read.ok ? read.entry : null;
};

/** Whether an entry written like this names this address. */
const names = (line: string, email: string): boolean => {
  const entry = entryOf(line);
  return entry !== null && entriesNaming(email).includes(entry);
};

describe('an entry', () => {
  it.each([
    ['Ann.Lee@Example.com', 'ann.lee@example.com'],
    ['A.nn+news@googlemail.com', 'ann@gmail.com'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['Example.COM', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['@example.com', 'example.com'],
    ['*@example.com', 'example.com'],
  ])('%s is kept as %s', (line, entry) => expect(entryOf(line)).toBe(entry));

  it.each([
    ['ann@', 'There is nothing after the @ sign.'],
    ['ann@@example.com', 'The address has more than one @ sign.'],
    ['localhost', 'The domain has no dot, so it cannot receive public mail.'],
    ['*.example.com', 'The domain contains a character that domain names cannot have.'],
    ['a@example.com, b@example.com', 'The address has more than one @ sign.'],
    ['@', 'There is nothing after the @ sign.'],
  ])('%s is refused: %s', (line, problem) => expect(readEntry(line)).toEqual({ ok: false, problem }));

  it('is shown with its domain in its own script', () => {
    const createdAt = new Date(0);
    expect(toEntryView({ entry: 'xn--bcher-kva.example', createdAt })).toMatchObject({ text: 'bücher.example', isDomain: true });
    expect(toEntryView({ entry: 'ann@xn--bcher-kva.example', createdAt })).toMatchObject({
      text: 'ann@bücher.example',
      isDomain: false,
    });
  });
});

it('lines are read whatever ends them; repetitions count once, and bad lines are returned as they were', () => {
  expect(readLines('a@example.com\r\n\n  A@EXAMPLE.com \nno dots\rexample.org')).toEqual({
    entries: ['a@example.com', 'example.org'],
    bad: [{ line: 'no dots', problem: 'The domain contains a character that domain names cannot have.' }],
  });
});

describe('an address is named', () => {
  it.each([
    ['ann@example.com', 'ANN@example.com'],
    ['ann@example.com', 'ann+tag@example.com'],
    ['ann@gmail.com', 'a.n.n+tag@googlemail.com'],
    ['ann+news@example.com', 'ann+news@example.com'],
    ['example.com', 'ann@example.com'],
    ['bücher.example', 'ann@xn--bcher-kva.example'],
  ])('by %s: %s', (line, email) => expect(names(line, email)).toBe(true));

  it.each([
    ['ann@example.com', 'anna@example.com'],
    ['ann@example.com', 'a.nn@example.com'],
    ['ann+news@example.com', 'ann@example.com'],
    ['ann+news@example.com', 'ann+other@example.com'],
    ['example.com', 'ann@sub.example.com'],
    ['sub.example.com', 'ann@example.com'],
    ['example.com', 'ann@myexample.com'],
  ])('not by %s: %s', (line, email) => expect(names(line, email)).toBe(false));

  it('by nothing if it is no address', () => expect(entriesNaming('ann@@example.com')).toEqual([]));
});

it('the answer is risky, asks nobody and says which entry decided', () => {
  const answer = blockedAnswer('ann@xn--bcher-kva.example', 'xn--bcher-kva.example');
  expect(answer).toMatchObject({
    verdict: { status: 'risky', reason: 'blocklisted', score: null },
    evidence: [],
    askAgain: null,
  });
  expect(answer.layers).toHaveLength(7);
  const summary = 'Not asked: your blocklist names the domain bücher.example.';
  for (const layer of answer.layers) expect(layer).toMatchObject({ status: 'skipped', summary });
});
