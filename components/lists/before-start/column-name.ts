import type { ListColumn } from '@/lib/lists/rules/view';

/** A column's name: its header, or its position if it has none. */
export function columnName(columns: readonly ListColumn[], index: number): string {
  const name = columns[index]?.name.trim() ?? '';
  return name === '' ? `Column ${index + 1}` : name;
}
