import type { ListColumn } from '@/lib/lists/rules/view';
import type { ShownColumn } from './results-table';

const SHOWN = 2;

/** The first columns besides the address column. */
export const columnsBeside = (columns: readonly ListColumn[], emailColumn: number | null): ShownColumn[] =>
  columns
    .map(({ name }, at) => ({ at, name: name === '' ? `Column ${at + 1}` : name }))
    .filter(({ at }) => at !== emailColumn)
    .slice(0, SHOWN);
