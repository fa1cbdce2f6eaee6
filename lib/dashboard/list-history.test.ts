import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import { toAddressSearch, type HistoryItem } from './rules';
import { HISTORY_SCAN_ENTRIES } from '@/lib/platform/limits';
import type { Reason } from '@/lib/verdict/verdict';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedCheck, seedChecks } from '@/tests/database/seed-check';
import { seedList, type SeedRow } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { listHistory, type HistoryInput } from './history';

useTestDatabase();

const minute = (at: number): Date => new Date(Date.UTC(2026, 10, 20, 10, at));

/** An item in a word: its source and minute. */
function wordOf(item: HistoryItem): string {
  if (item.kind === 'list') return `list ${item.list.name}`;
  const at = new Date(item.at).getUTCMinutes();
  return item.kind === 'row' ? `${item.list.name}:${item.list.row} at ${at}` : `${item.summary.email} at ${at}`;
}

const ask = (scope: Scope, q: string, more: Partial<HistoryInput> = {}) =>
  listHistory(scope, { search: toAddressSearch(q), ...more });

const words = async (scope: Scope, q: string, more: Partial<HistoryInput> = {}) => (await ask(scope, q, more)).items.map(wordOf);

/** All pages in sequence, with how many items each had. */
async function allPages(scope: Scope, q: string, more: Partial<HistoryInput> = {}) {
  const items: HistoryItem[] = [];
  const sizes: number[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await ask(scope, q, { ...more, cursor });
    items.push(...page.items);
    sizes.push(page.items.length);
    if (page.nextCursor === null) return { items, sizes };
    cursor = page.nextCursor;
  }
}

const row = (email: string, at: Date, reason: Reason = 'mailbox_exists'): SeedRow => ({ cells: [email], reason, checkedAt: at });
const list = (scope: Scope, name: string, rows: SeedRow[], more: { apiKeyId?: string; test?: boolean; status?: string } = {}) =>
  seedList(scope, { rows, more: { name, run: { run: 1 }, ...more } });

describe('“did I verify this address?”', () => {
  it('finds it in three lists and two single checks, newest first, and nobody else’s', async () => {
    const [scope, stranger] = [await makeWorkspace(), await makeWorkspace()];
    for (const owner of [scope, stranger]) {
      await seedCheck(owner, { email: 'jane@example.com', reason: 'mailbox_exists', at: minute(1) });
      await list(owner, 'a', [row('bob@example.com', minute(2)), row('jane@example.com', minute(2), 'mailbox_not_found')]);
    }
    await list(scope, 'b', [row('jane@example.com', minute(3), 'timeout')]);
    await seedCheck(scope, { email: 'Jane@Example.com', reason: 'timeout', at: minute(4) });
    await list(scope, 'c', [row('jane@example.com', minute(5))]);
    await seedCheck(scope, { email: 'jane@example.com.au', reason: 'mailbox_exists', at: minute(6) });
    const expected = ['c:1 at 5', 'Jane@Example.com at 4', 'b:1 at 3', 'a:2 at 2', 'jane@example.com at 1'];
    expect(await words(scope, 'jane@example.com')).toEqual(expected);
    expect(await words(scope, ' JANE@EXAMPLE.COM ')).toEqual(expected);
    expect(await words(stranger, 'jane@example.com')).toEqual(['a:2 at 2', 'jane@example.com at 1']);
    const { items } = await ask(scope, 'jane@example.com');
    expect(items.map((item) => item.kind !== 'list' && item.summary.reason)).toEqual([
      'mailbox_exists',
      'timeout',
      'timeout',
      'mailbox_not_found',
      'mailbox_exists',
    ]);
  });

  it('knows all spellings of a mailbox, in lists as in checks, and finds text that is not an address as is', async () => {
    const scope = await makeWorkspace();
    await seedCheck(scope, { email: 'J.Doe@gmail.com', reason: 'mailbox_exists', at: minute(1) });
    await list(scope, 'a', [row('jdoe+news@googlemail.com', minute(2)), row('not an address', minute(3), 'syntax_invalid')]);
    await list(scope, 'b', [row('jdoe@gmail.com', minute(4))]);
    const all = ['b:1 at 4', 'a:1 at 2', 'J.Doe@gmail.com at 1'];
    for (const q of ['jdoe@gmail.com', 'j.d.o.e@googlemail.com', 'JDoe+x@gmail.com']) expect(await words(scope, q)).toEqual(all);
    expect(await words(scope, 'not an address')).toEqual(['a:2 at 3']);
  });

  it('finds a check that is still pending, an internationalised domain, and takes LIKE’s wildcards literally', async () => {
    const scope = await makeWorkspace();
    await seedCheck(scope, { email: 'Slow@example.com', at: minute(1) });
    await seedCheck(scope, { email: 'anna@münchen.example', reason: 'mailbox_exists', at: minute(2) });
    await seedCheck(scope, { email: '100%@two.example', reason: 'mailbox_exists', at: minute(3) });
    expect(await words(scope, 'slow@example.com')).toEqual(['Slow@example.com at 1']);
    expect(await words(scope, 'anna@xn--mnchen-3ya.example')).toEqual(['anna@münchen.example at 2']);
    for (const q of ['@münchen.example', '@xn--mnchen-3ya.example'])
      expect(await words(scope, q)).toEqual(['anna@münchen.example at 2']);
    expect(await words(scope, '100%')).toEqual(['100%@two.example at 3']);
    expect(await words(scope, '1_0')).toEqual([]);
  });

  it('no longer finds rows of a list whose time is over', async () => {
    const scope = await makeWorkspace();
    const id = await list(scope, 'a', [row('jane@example.com', minute(1))]);
    expect(await words(scope, 'jane@example.com')).toHaveLength(1);
    await db().list.update({ where: { id }, data: { status: 'expired' } });
    for (const q of ['jane@example.com', 'jane', '@example.com']) expect(await words(scope, q)).toEqual([]);
  });
});

describe('its other searches', () => {
  it('are by domain, newest first, and by the beginning of an address, in the order of addresses', async () => {
    const scope = await makeWorkspace();
    await seedCheck(scope, { email: 'Jan@example.com', reason: 'mailbox_exists', at: minute(1) });
    await list(scope, 'a', [
      row('jane@example.com', minute(2)),
      row('jack@other.example', minute(3)),
      row('jan@example.com', minute(4)),
    ]);
    await seedCheck(scope, { email: 'jane@example.com', reason: 'mailbox_exists', at: minute(5) });
    expect(await words(scope, '@EXAMPLE.com')).toEqual(['jane@example.com at 5', 'a:3 at 4', 'a:1 at 2', 'Jan@example.com at 1']);
    expect(await words(scope, 'JA')).toEqual([
      'a:2 at 3',
      'a:3 at 4',
      'Jan@example.com at 1',
      'jane@example.com at 5',
      'a:1 at 2',
    ]);
    expect(await words(scope, 'jane@example.co*')).toEqual(['jane@example.com at 5', 'a:1 at 2']);
  });

  it('filter by verdict, reason, source, key, days and test, alone and together', async () => {
    const scope = await makeWorkspace();
    await db().apiKey.create({
      data: { id: 'key_of_history', ...scope, name: 'Shop', mode: 'live', keyHash: 'history', last4: 'abcd', scopes: [] },
    });
    const byKey = { apiKeyId: 'key_of_history' };
    await seedCheck(scope, { email: 'a@x.example', reason: 'mailbox_exists', at: minute(1), more: { source: 'api', ...byKey } });
    await seedCheck(scope, { email: 'a@x.example', reason: 'timeout', at: minute(2) });
    await list(scope, 'by key', [row('a@x.example', minute(3), 'timeout')], byKey);
    await list(scope, 'test', [row('a@x.example', minute(4))], { test: true });
    await seedCheck(scope, { email: 'a@x.example', reason: 'timeout', at: new Date('2026-11-18T23:59:59.999Z') });
    for (const q of ['a@x.example', '@x.example', 'a@x*']) {
      expect(await words(scope, q, { status: 'deliverable' })).toEqual(['test:1 at 4', 'a@x.example at 1']);
      expect(await words(scope, q, { reason: 'timeout', from: '2026-11-19' })).toEqual(['by key:1 at 3', 'a@x.example at 2']);
      expect(await words(scope, q, { to: '2026-11-18' })).toEqual(['a@x.example at 59']);
      expect(await words(scope, q, { source: 'list' })).toEqual(['test:1 at 4', 'by key:1 at 3']);
      expect(await words(scope, q, { source: 'api' })).toEqual(['a@x.example at 1']);
      expect(await words(scope, q, { keyId: 'key_of_history' })).toEqual(['by key:1 at 3', 'a@x.example at 1']);
      expect(await words(scope, q, { test: true })).toEqual(['test:1 at 4']);
      expect(await words(scope, q, { keyId: 'key_of_history', status: 'unknown', test: false })).toEqual(['by key:1 at 3']);
      expect(await words(scope, q, { status: 'pending' })).toEqual([]);
    }
    const { items } = await ask(scope, 'a@x.example', { keyId: 'key_of_history' });
    expect(items.map(({ key }) => key)).toEqual([
      { id: 'key_of_history', name: 'Shop' },
      { id: 'key_of_history', name: 'Shop' },
    ]);
  });
});

describe('without an address', () => {
  it('shows single checks, and each list that ran as one line with the number of its matching verdicts', async () => {
    const scope = await makeWorkspace();
    await seedCheck(scope, { email: 'a@x.example', reason: 'mailbox_exists' });
    await list(scope, 'one', [
      row('a@x.example', minute(1)),
      row('b@x.example', minute(1), 'timeout'),
      row('c@x.example', minute(1)),
    ]);
    await seedList(scope, { status: 'ready', rows: [{ cells: ['z@x.example'] }], more: { name: 'never ran' } });
    await seedCheck(scope, { email: 'b@x.example' });
    const shown = async (more: Partial<HistoryInput>) =>
      (await ask(scope, '', more)).items.map((item) =>
        item.kind === 'list' ? `${item.matching} of ${item.list.name}` : item.summary.email,
      );
    expect(await shown({})).toEqual(['b@x.example', '3 of one', 'a@x.example']);
    expect(await shown({ status: 'deliverable' })).toEqual(['2 of one', 'a@x.example']);
    expect(await shown({ reason: 'timeout' })).toEqual(['1 of one']);
    expect(await shown({ status: 'risky' })).toEqual([]);
    expect(await shown({ status: 'pending' })).toEqual(['b@x.example']);
    expect(await shown({ source: 'list' })).toEqual(['3 of one']);
    expect(await shown({ source: 'app' })).toEqual(['b@x.example', 'a@x.example']);
    expect(await listHistory(await makeWorkspace(), { search: null })).toEqual({ items: [], nextCursor: null });
  });
});

describe('its pages', () => {
  it.each(['same@x.example', '@x.example', 'same', ''])(
    'hold each item of “%s” once, in one order, whatever their size',
    async (q) => {
      const scope = await makeWorkspace();
      // Many entries in the same millisecond, so that pages end between them.
      const at = (n: number): Date => minute(Math.floor(n / 4));
      await seedChecks(
        scope,
        Array.from({ length: 9 }, (_, n) => ({ email: 'same@x.example', reason: 'timeout' as const, at: at(n) })),
      );
      for (const name of ['a', 'b'])
        await list(
          scope,
          name,
          Array.from({ length: 8 }, (_, n) => row('same@x.example', at(n))),
        );
      const whole = await ask(scope, q, { limit: 500 });
      expect(whole.items).toHaveLength(q === '' ? 11 : 25);
      for (const limit of [1, 2, 3, 7, 24, 25]) {
        expect((await allPages(scope, q, { limit })).items).toEqual(whole.items);
      }
    },
  );

  it('end exactly at the last item, and a cursor to nowhere shows nothing of other workspaces', async () => {
    const [scope, stranger] = [await makeWorkspace(), await makeWorkspace()];
    for (const owner of [scope, stranger]) {
      await seedChecks(
        owner,
        Array.from({ length: 4 }, (_, n) => ({ email: `a${n}@x.example`, reason: 'timeout' as const, at: minute(n) })),
      );
    }
    expect((await ask(scope, '@x.example', { limit: 4 })).nextCursor).toBeNull();
    const { nextCursor } = await ask(scope, '@x.example', { limit: 2 });
    const next = await ask(stranger, '@x.example', { limit: 2, cursor: nextCursor ?? '' });
    expect(next.items).toHaveLength(2);
    const own = new Set((await ask(stranger, '@x.example')).items.map((item) => item.kind !== 'list' && item.summary.id));
    expect(next.items.every((item) => item.kind !== 'list' && own.has(item.summary.id))).toBe(true);
  });

  it('scan a limited number of entries where a filter has no index, and continue from there', async () => {
    const scope = await makeWorkspace();
    const at = (n: number): Date => new Date(minute(0).getTime() + n);
    const many = HISTORY_SCAN_ENTRIES + 500;
    await seedChecks(scope, [
      ...Array.from({ length: many }, (_, n) => ({ email: `a${n}@x.example`, reason: 'timeout' as const, at: at(n + 1) })),
      { email: 'rare@x.example', reason: 'no_mx' as const, at: at(0), more: { source: 'api' } },
    ]);
    await list(scope, 'a', [row('rare@x.example', at(-1), 'no_mx')]);
    const { items, sizes } = await allPages(scope, '@x.example', { reason: 'no_mx' });
    expect(items.map(wordOf)).toEqual(['rare@x.example at 0', 'a:1 at 59']);
    expect(sizes).toEqual([0, 2]);
    expect((await allPages(scope, '', { source: 'api' })).sizes).toEqual([0, 1]);
  });
});
