import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytes, Progress } from './terminal';

const written: string[] = [];
const wasTerminal = process.stderr.isTTY;
beforeEach(() => {
  written.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => void (process.stderr.isTTY = wasTerminal));

function run(isTerminal: boolean, total: number | null): string {
  process.stderr.isTTY = isTerminal;
  const progress = new Progress('Verifying');
  for (let done = 0; done <= 1_000; done++) progress.show({ done, total, more: done < 1_000 ? 'running' : 'completed' });
  progress.end();
  return written.join('');
}

describe('progress', () => {
  it('is one line on a terminal, redrawn in place, that ends', () => {
    const said = run(true, 1_000);
    expect(said.match(/\n/g)).toHaveLength(1);
    expect(said).toContain('\r\u001b[2K████████████░░░░░░░░░░░░ Verifying 50% · 500 of 1,000 · running');
    expect(written.every((line) => line.length < 100)).toBe(true);
  });

  it('is a few plain lines elsewhere, the last of them whole', () => {
    const lines = run(false, 1_000).trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('Verifying 100% · 1,000 of 1,000 · completed');
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('of an unknown size is silent without a terminal, and counts on one', () => {
    expect(run(false, null)).toBe('');
    expect(run(true, null)).toContain('Verifying · 1,000');
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [1_234_567, '1.2 MB'],
  [5_000_000_000_000, '5000.0 GB'],
])('%d bytes are %s', (value, text) => {
  expect(bytes(value)).toBe(text);
});
