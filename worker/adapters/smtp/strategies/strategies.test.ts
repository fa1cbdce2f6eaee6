import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const page = readFileSync(fileURLToPath(new URL('../../../../docs/strategies.md', import.meta.url)), 'utf8');
const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \|(.*)\|$/gm)];
const ids = rows.map(([, id]) => id);

/** What the names of tests begin with: `it('row: …')`, `it.each(…)('row: …')`. */
const tested = readdirSync(here)
  .filter((name) => name.endsWith('.test.ts') && name !== 'strategies.test.ts')
  .flatMap((name) => [...readFileSync(`${here}${name}`, 'utf8').matchAll(/\(\s*['"`]([a-z0-9-]+): /g)])
  .map(([, id]) => id);

it('docs/strategies.md is one table of three columns and an id', () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, , cells = ''] of rows) expect(cells.split('|')).toHaveLength(3);
});

it('every row has a test, and every test names a row', () => {
  expect(ids.filter((id) => !tested.includes(id))).toEqual([]);
  expect(tested.filter((id) => !ids.includes(id))).toEqual([]);
});
