import { expect, it } from 'vitest';
import { parseUsageSearch, usageQuery } from './usage-search';

const TODAY = new Date('2026-11-26T10:00:00Z');

it('comes back as it was written', () => {
  const search = parseUsageSearch(
    {
      from: '2026-10-01',
      to: '2026-10-31',
      kind: 'capture',
      cursor: `ent_${'0'.repeat(26)}`,
      open: `hld_${'1'.repeat(26)}`,
      charges: `ent_${'2'.repeat(26)}`,
    },
    TODAY,
  );
  expect(search).toMatchObject({ range: { from: '2026-10-01', to: '2026-10-31' }, kind: 'capture' });
  expect(parseUsageSearch(Object.fromEntries(new URLSearchParams(usageQuery(search))), TODAY)).toEqual(search);
});

it.each([
  {},
  { from: '2026-11-27', to: '2026-11-01' },
  { from: ['2026-10-01', '2026-10-02'], to: 'x' },
  { from: '1990-01-01', kind: 'gift', cursor: "' OR 1=1", open: 'x' },
])('shows the last 30 days for %j', (params) => {
  expect(parseUsageSearch(params, TODAY)).toEqual({
    range: { from: '2026-10-28', to: '2026-11-26' },
    kind: undefined,
    cursor: undefined,
    open: undefined,
    charges: undefined,
  });
});
