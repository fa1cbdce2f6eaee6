import { describe, expect, it } from 'vitest';
import { LIST_COLUMNS_MAX, LIST_PREVIEW_CELL_CHARS, LIST_PREVIEW_MAX_CHARS, LIST_PREVIEW_ROWS } from '@/lib/platform/limits';
import { findColumns } from './find-columns';
import type { RawRow } from './rows';

const NOTHING_CHOSEN = { emailColumn: null, askedColumn: null, hasHeader: null };
const table = (...rows: string[][]): RawRow[] => rows.map((cells, at) => ({ cells, problem: null, line: at + 1 }));

describe('the preview', () => {
  it('has whole rows with their line numbers, however empty their cells are', () => {
    const sample = table(['name', 'email', 'note'], ['Ann', '', 'x'], ['', 'b@example.com'], ['Cid', 'c@example.com', 'y\nz']);
    expect(findColumns(sample, NOTHING_CHOSEN).preview).toEqual([
      { line: 2, cells: ['Ann', '', 'x'] },
      { line: 3, cells: ['', 'b@example.com'] },
      { line: 4, cells: ['Cid', 'c@example.com', 'y z'] },
    ]);
  });

  it('has at most the maximum number of rows, with cells up to their limit', () => {
    const fits = `a@${'x'.repeat(LIST_PREVIEW_CELL_CHARS - 2)}`;
    const sample = table(...Array.from({ length: LIST_PREVIEW_ROWS + 1 }, () => [fits, `${fits}y`]));
    const { preview } = findColumns(sample, NOTHING_CHOSEN);
    expect(preview).toHaveLength(LIST_PREVIEW_ROWS);
    expect(preview[0]?.cells).toEqual([fits, `${fits.slice(0, -1)}…`]);
  });

  it('is bounded as a whole, even for the widest table', () => {
    const row = Array.from({ length: LIST_COLUMNS_MAX }, () => 'a@example.com and more of it');
    const { preview } = findColumns(table(...Array.from({ length: 10 }, () => row)), NOTHING_CHOSEN);
    const chars = preview.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cell.length, 0);
    expect(chars).toBeLessThanOrEqual(LIST_PREVIEW_MAX_CHARS);
    expect(preview[0]?.cells[LIST_COLUMNS_MAX - 1]).toMatch(/^a@exam.*…$/);
  });
});
