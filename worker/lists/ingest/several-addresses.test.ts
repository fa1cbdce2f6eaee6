import { expect, it } from 'vitest';
import { openExport } from '@/lib/lists/export/open-export';
import { getList } from '@/lib/lists/read';
import { pasteList, receiveFile } from '@/lib/lists/upload';
import { db } from '@/lib/platform/db/client';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { ingestList } from './ingest-list';

useTestDatabase();

const rowsOf = async (listId: string) => {
  const rows = await db().listRow.findMany({ where: { listId }, orderBy: { n: 'asc' }, take: 100 });
  return rows.map(({ n, email, first, cells }) => [n, email, first, JSON.parse(cells) as unknown]);
};

it('a cell with several addresses becomes several rows, counted and exported as such', async () => {
  const scope = await makeWorkspace(10);
  const text =
    'name,email\nAnn,"a@example.com; b@example.com"\nBob,Bob <b@example.com>\nCid,"""c;d""@example.com"\nDan,"d@example.com,"\n';
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(text));
  }
  const { id } = mustBeOk(await receiveFile(scope, { fileName: 'people.csv', sizeBytes: 0, test: false }, bytes()));
  await ingestList(id, { now: Date.now });
  expect(mustBeOk(await getList(scope, id)).quote).toMatchObject({
    rows: 5,
    unique: 4,
    duplicates: 1,
    syntaxInvalid: 0,
    severalAddresses: 1,
    maxCredits: 4,
  });
  const ann = ['Ann', 'a@example.com; b@example.com'];
  expect(await rowsOf(id)).toEqual([
    [1, 'a@example.com', null, ann],
    [2, 'b@example.com', null, ann],
    [3, 'b@example.com', 2, ['Bob', 'Bob <b@example.com>']],
    [4, '"c;d"@example.com', null, ['Cid', '"c;d"@example.com']],
    [5, 'd@example.com', null, ['Dan', 'd@example.com,']],
  ]);

  await db().list.update({ where: { id }, data: { status: 'cancelled', startedAt: new Date() } });
  const wish = { segment: 'all', format: 'jsonl', bom: false, filter: {} } as const;
  const lines: string[] = [];
  for await (const piece of mustBeOk(await openExport(scope, id, wish)).bytes) lines.push(Buffer.from(piece).toString());
  const exported = lines
    .join('')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(exported).toMatchObject([
    { name: 'Ann', email: 'a@example.com; b@example.com', ev_email: 'a@example.com' },
    { name: 'Ann', email: 'a@example.com; b@example.com', ev_email: 'b@example.com' },
    { name: 'Bob', ev_email: 'b@example.com' },
    { name: 'Cid', ev_email: '"c;d"@example.com' },
    { name: 'Dan', ev_email: 'd@example.com' },
  ]);
});

it.each([
  ['a@example.com, b@example.com;c@example.com\td@example.com e@example.com', 5],
  ['a@example.com\nb@example.com\r\n\nc@example.com', 3],
  ['Ann <a@example.com>, Bob <b@example.com>', 2],
  ['"Lee, Ann" <a@example.com>; Ray, Bob <b@example.com>;', 2],
  ['Ann <a@example.com>, Bob <b@example.com>\nCid <c@example.com>, Dan <d@example.com>', 4],
])('%j pasted gives %i addresses', async (text, addresses) => {
  const scope = await makeWorkspace(10);
  const { id } = mustBeOk(await pasteList(scope, { text, test: false }));
  await ingestList(id, { now: Date.now });
  expect(mustBeOk(await getList(scope, id)).quote).toMatchObject({ unique: addresses, syntaxInvalid: 0, rejected: 0 });
});
