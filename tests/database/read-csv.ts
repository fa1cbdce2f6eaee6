// A CSV reader for tests, written from RFC 4180 alone, so that it shares no mistake with the code that wrote the file. Strict: anything
// that the RFC does not allow throws.
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    const { cell, next } = text.startsWith('"', at) ? quoted(text, at + 1) : plain(text, at);
    row.push(cell);
    if (text.startsWith(',', next)) {
      at = next + 1;
      if (at === text.length) throw new Error('a row ends in a comma, without a line end');
    } else {
      if (!text.startsWith('\r\n', next)) throw new Error(`neither a comma nor a line end at ${next}`);
      rows.push(row);
      row = [];
      at = next + 2;
    }
  }
  return rows;
}

interface Read {
  cell: string;
  next: number;
}

function plain(text: string, from: number): Read {
  const [cell = ''] = /[^",\r\n]*/y[Symbol.match](text.slice(from)) ?? [];
  return { cell, next: from + cell.length };
}

function quoted(text: string, from: number): Read {
  for (let at = from; ;) {
    const end = text.indexOf('"', at);
    if (end < 0) throw new Error('a quoted cell without an end');
    if (!text.startsWith('"', end + 1)) return { cell: text.slice(from, end).replaceAll('""', '"'), next: end + 1 };
    at = end + 2;
  }
}
