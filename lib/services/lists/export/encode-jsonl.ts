// Rows as JSON lines: an object a row, the file's own columns first and in their order, also where their names are numbers. Nothing is
// neutralised: a program reads it.
import { distinctNames } from '@/lib/domain/distinct-names';
import type { TextEncoding } from './text-encoding';

const MORE_CELLS = 'ev_more_cells';

export function encodeJsonl({ names }: { names: readonly string[] }): TextEncoding {
  // A name that comes twice would hide one of its cells from whoever reads the object.
  const distinct = distinctNames(names);
  const keys = distinct.map((name) => `${JSON.stringify(name)}:`);
  const [moreName = MORE_CELLS] = distinctNames([MORE_CELLS], distinct);
  const moreKey = `,${JSON.stringify(moreName)}:`;
  return {
    head: '',
    row: ({ own, added, more }) => {
      const fields = [...own, ...added].map((cell, at) => `${keys[at] ?? '"":'}${JSON.stringify(cell)}`);
      return `{${fields.join(',')}${more.length === 0 ? '' : moreKey + JSON.stringify(more)}}\n`;
    },
  };
}
