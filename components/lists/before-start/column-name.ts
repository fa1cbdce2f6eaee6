import type { ListColumn } from '@/lib/lists/rules/view';

/** What a column is called: by its head, or by its place where it has none. */
export function columnName(columns: readonly ListColumn[], index: number): string {
  const name = columns[index]?.name.trim() ?? '';
  return name === '' ? `Column ${index + 1}` : name;
}
