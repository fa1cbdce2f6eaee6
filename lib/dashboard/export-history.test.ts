import { expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedCheck } from '@/tests/database/seed-check';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { exportHistory, type ExportHistory, listHistory } from './history';
import { type HistoryFilter, toAddressSearch } from './rules';

useTestDatabase();

async function linesOf(scope: Scope, filter: HistoryFilter, size?: ExportHistory): Promise<string[]> {
  let text = '';
  for await (const piece of exportHistory(scope, filter, size)) text += piece;
  return text.trimEnd().split('\r\n').slice(1);
}

async function seed(): Promise<Scope> {
  const scope = await makeWorkspace();
  await seedCheck(scope, { email: 'jane@x.example', reason: 'mailbox_exists' });
  await seedCheck(scope, { email: '=cmd()@x.example', reason: 'syntax_invalid' });
  const rows = ['jane@x.example', 'bob@x.example', 'eve@x.example'].map((email) => ({
    cells: [email],
    reason: 'timeout' as const,
  }));
  await seedList(scope, { rows, more: { name: '+spring', run: { run: 1 } } });
  return scope;
}

it('contains what the page shows, in its order, whatever the filter and the batch size', async () => {
  const scope = await seed();
  for (const q of ['', 'jane@x.example', '@x.example', 'e*']) {
    for (const filter of [{}, { status: 'unknown' }, { source: 'list' }] as const) {
      const asked = { search: toAddressSearch(q), ...filter };
      const { items } = await listHistory(scope, asked);
      const ids = items.map((item) => (item.kind === 'list' ? item.list.id : item.summary.id));
      for (const atOnce of [1, 2, 500]) {
        expect((await linesOf(scope, asked, { atOnce })).map((line) => line.split(',').at(-1))).toEqual(ids);
      }
    }
  }
});

it('never turns an address or a name into a formula', async () => {
  const scope = await seed();
  const text = (await linesOf(scope, { search: toAddressSearch('@x.example') })).join('\n');
  expect(text).toContain(",'=cmd()@x.example,");
  expect(text).toContain(",'+spring,");
});

it('contains at most the maximum number of lines, and says when it was cut', async () => {
  const scope = await seed();
  const filter = { search: toAddressSearch('@x.example') };
  expect(await linesOf(scope, filter, { lines: 5 })).toHaveLength(5);
  const cut = await linesOf(scope, filter, { lines: 4, atOnce: 3 });
  expect(cut).toHaveLength(5);
  expect(cut.at(-1)).toMatch(/^,cut,/);
});
