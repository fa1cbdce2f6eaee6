// Messages for people while a command runs, on standard error: a progress bar that redraws itself on a terminal, a few lines elsewhere.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { formatCount } from '@/lib/platform/numbers';

const BAR_CELLS = 24;
/** Without a terminal, the number of progress lines. */
const LINES = 10;

export const isTerminal = (): boolean => process.stderr.isTTY && process.stdin.isTTY;

export interface Standing {
  done: number;
  /** Null if unknown. */
  total: number | null;
  /** Printed after the numbers. */
  more?: string;
}

export class Progress {
  readonly #label: string;
  readonly #number: (value: number) => string;
  #drawn = '';
  #lastShare = -1;

  constructor(label: string, number: (value: number) => string = formatCount) {
    this.#label = label;
    this.#number = number;
  }

  show({ done, total, more = '' }: Standing): void {
    const share = total === null ? null : shareOf(done, total);
    const counted = total === null ? this.#number(done) : `${this.#number(done)} of ${this.#number(total)}`;
    const percent = share === null ? '' : ` ${Math.floor(share * 100)}%`;
    const text = `${this.#label}${percent} · ${counted}${more === '' ? '' : ` · ${more}`}`;
    if (process.stderr.isTTY) this.#draw(share === null ? text : `${barOf(share)} ${text}`);
    else if (share !== null && Math.floor(share * LINES) > this.#lastShare) {
      this.#lastShare = Math.floor(share * LINES);
      process.stderr.write(`${text}\n`);
    }
  }

  end(): void {
    if (this.#drawn !== '') process.stderr.write('\n');
    this.#drawn = '';
  }

  #draw(text: string): void {
    const line = text.slice(0, Math.max(1, (process.stderr.columns || 80) - 1));
    if (line === this.#drawn) return;
    process.stderr.write(`\r\u001b[2K${line}`);
    this.#drawn = line;
  }
}

const shareOf = (done: number, total: number): number => (total === 0 ? 1 : Math.min(1, done / total));

function barOf(share: number): string {
  const full = Math.round(share * BAR_CELLS);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}`;
}

export const bytes = (value: number): string => {
  const units = ['B', 'kB', 'MB', 'GB'];
  const at = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return `${(value / 1_000 ** at).toFixed(at === 0 ? 0 : 1)} ${units[at] ?? 'B'}`;
};

/** Asks yes or no on a terminal. */
export async function confirm(question: string): Promise<boolean> {
  const asker = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asker.question(`${question} [y/N] `);
  asker.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Reads a line of standard input; on a terminal, without echoing it. */
export async function readSecret(question: string): Promise<string> {
  const isShown = !process.stdin.isTTY;
  if (!isShown) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asker = createInterface({ input: process.stdin, output: silent, terminal: !isShown });
  for await (const line of asker) {
    asker.close();
    if (!isShown) process.stderr.write('\n');
    return line.trim();
  }
  return '';
}
