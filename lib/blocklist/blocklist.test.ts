import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import {
  BLOCKLIST_ENTRIES_A_WORKSPACE,
  BLOCKLIST_PAGE_ENTRIES,
  BLOCKLIST_PASTE_MAX_CHARS,
  BLOCKLIST_PASTE_MAX_LINES,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import {
  addLines,
  countBlocklist,
  exportBlocklist,
  findAllBlocking,
  findBlocking,
  listBlocklist,
  removeEntry,
} from './blocklist';

useTestDatabase();

let scope: Scope;
beforeEach(async () => {
  scope = await makeWorkspace();
});

const emails = (count: number, word = 'user'): string =>
  Array.from({ length: count }, (_, at) => `${word}${at}@example.com`).join('\n');
const NO_DOMAIN = 'The domain contains a character that domain names cannot have.';
const refused = (problem: string) => ({ ok: false, error: { code: 'invalid_request', fields: { lines: problem } } });

/** Leaves room for this many entries. */
async function leaveRoom(room: number): Promise<void> {
  const count = BLOCKLIST_ENTRIES_A_WORKSPACE - room;
  await inTransaction(
    (tx) => tx.$executeRaw`
      INSERT INTO "BlocklistEntry" ("workspaceId", "entry")
      SELECT ${scope.workspaceId}, 'full' || n || '.example' FROM generate_series(0, ${count}::int - 1) AS n`,
  );
}

describe('lines', () => {
  it('are added once, and bad ones are named', async () => {
    expect(await addLines(scope, 'ann@example.com\nEXAMPLE.org\nnot one')).toEqual({
      ok: true,
      value: { added: 2, known: 0, bad: [{ line: 'not one', problem: NO_DOMAIN }] },
    });
    expect(await addLines(scope, 'Ann@example.com\nexample.net')).toMatchObject({ value: { added: 1, known: 1, bad: [] } });
    expect(await countBlocklist(scope)).toBe(3);
  });

  it('that are all bad or all empty add nothing', async () => {
    expect(await addLines(scope, 'not one')).toMatchObject({ value: { added: 0, bad: [{ line: 'not one' }] } });
    expect(await addLines(scope, ' \n\n')).toMatchObject(refused('Enter an address or a domain.'));
  });

  it('fit up to the limit of a paste', async () => {
    expect(await addLines(scope, emails(BLOCKLIST_PASTE_MAX_LINES))).toMatchObject({
      value: { added: BLOCKLIST_PASTE_MAX_LINES },
    });
    const tooMany = refused('Paste at most 2,000 lines at a time.');
    expect(await addLines(scope, emails(BLOCKLIST_PASTE_MAX_LINES + 1))).toMatchObject(tooMany);
    const long = (chars: number): string => `a@example.com\n${' '.repeat(chars - 14)}`;
    expect(await addLines(scope, long(BLOCKLIST_PASTE_MAX_CHARS))).toMatchObject({ ok: true });
    expect(await addLines(scope, long(BLOCKLIST_PASTE_MAX_CHARS + 1))).toMatchObject(tooMany);
  });

  it('fit up to the limit of a workspace, and not one is added of too many', async () => {
    await leaveRoom(2);
    expect(await addLines(scope, emails(3))).toMatchObject(
      refused('A blocklist can have 10,000 entries. Yours has room for 2 more, so nothing was added.'),
    );
    expect(await addLines(scope, `${emails(2)}\nfull0.example`)).toMatchObject({ value: { added: 2, known: 1 } });
    expect(await addLines(scope, 'one-more.example')).toMatchObject({ ok: false });
    expect(await countBlocklist(scope)).toBe(BLOCKLIST_ENTRIES_A_WORKSPACE);
  });

  it('added by several at once never exceed the limit', async () => {
    await leaveRoom(5);
    const words = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const all = await Promise.all(words.map((word) => addLines(scope, emails(3, word))));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await countBlocklist(scope)).toBe(BLOCKLIST_ENTRIES_A_WORKSPACE - 2);
  });
});

describe('another workspace', () => {
  it('neither sees, nor feels, nor removes an entry', async () => {
    await addLines(scope, 'ann@example.com');
    const other = await makeWorkspace();
    expect([await countBlocklist(other), (await listBlocklist(other, {})).items]).toEqual([0, []]);
    expect(await findBlocking(other, 'ann@example.com')).toBeNull();
    await removeEntry(other, 'ann@example.com');
    expect(await findBlocking(scope, 'ann@example.com')).toBe('ann@example.com');
  });
});

it('a removed entry names nobody any more', async () => {
  await addLines(scope, 'ann@example.com');
  await removeEntry(scope, 'ann@example.com');
  expect(await findBlocking(scope, 'ann@example.com')).toBeNull();
});

it('many addresses are looked up at once, each with the entry that names it', async () => {
  await addLines(scope, 'ann@example.com\nexample.org');
  const asked = ['ann+x@example.com', 'bob@example.com', 'bob@example.org', 'no address'];
  expect([...(await findAllBlocking(scope, asked))]).toEqual([
    ['ann+x@example.com', 'ann@example.com'],
    ['bob@example.org', 'example.org'],
  ]);
});

describe('pages', () => {
  it('show every entry once, the newest paste first', async () => {
    await addLines(scope, emails(BLOCKLIST_PAGE_ENTRIES));
    await addLines(scope, 'zoe@example.com\nadam@example.com');
    const first = await listBlocklist(scope, {});
    expect(first.items.slice(0, 2).map(({ text }) => text)).toEqual(['adam@example.com', 'zoe@example.com']);
    expect(first.items).toHaveLength(BLOCKLIST_PAGE_ENTRIES);
    const second = await listBlocklist(scope, { cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ items: { length: 2 }, nextCursor: null });
    const all = [...first.items, ...second.items].map(({ entry }) => entry);
    expect(new Set(all).size).toBe(BLOCKLIST_PAGE_ENTRIES + 2);
    expect(await listBlocklist(scope, { cursor: 'made-up' })).toEqual(first);
  });

  it('are found by a part of an entry, and by any spelling of it', async () => {
    await addLines(scope, 'ann.lee@gmail.com\nbob@example.com\nbücher.example');
    const found = async (q: string) => (await listBlocklist(scope, { q })).items.map(({ text }) => text);
    expect(await found('bob')).toEqual(['bob@example.com']);
    expect(await found('Ann.Lee+news@googlemail.com')).toEqual(['annlee@gmail.com']);
    expect(await found('Bücher.example')).toEqual(['bücher.example']);
    expect([await found('%'), await found('b_b')]).toEqual([[], []]);
    expect(await found('')).toHaveLength(3);
  });
});

it('the file has every entry', async () => {
  await addLines(scope, 'ann@example.com\nexample.org');
  let file = '';
  for await (const piece of exportBlocklist(scope)) file += piece;
  expect(file.split('\r\n')).toEqual([
    'entry,added_at',
    expect.stringMatching(/^ann@example\.com,20\d\d-/),
    expect.stringMatching(/^example\.org,20\d\d-/),
    '',
  ]);
});
