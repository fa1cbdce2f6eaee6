import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import { explain, nodesOf, wholeSorts } from '@/tests/database/explain';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { toAddressSearch } from '../rules';
import { historyChecksSql, historyListsSql, type HistoryPosition, type HistoryQuestion, type StreamKind } from './history';
import { historyRowsSql } from './history-rows';

useTestDatabase();

/** Enough rows that reading a part by its index is cheaper than reading all. */
const MANY = 60_000;
const LISTS = 5_000;
const HALF = MANY / 2;
let scope: Scope;

const start = Date.UTC(2026, 9, 1);
const ID_DIGITS = 26;
const idOf = (kind: string, n: number): string => `${kind}_${String(n).padStart(ID_DIGITS, '0')}`;

/** Two workspaces alternating; two first letters, two domains, two reasons, and as many spellings as rows. */
beforeAll(async () => {
  scope = await makeWorkspace();
  const [{ workspaceId: own }, { workspaceId: other }] = [scope, await makeWorkspace()];
  await db().$executeRaw`
    INSERT INTO "List" ("id", "workspaceId", "source", "name", "status", "startedAt")
    SELECT 'lst_' || lpad(n::text, 26, '0'), CASE WHEN n % 2 = 0 THEN ${own} ELSE ${other} END, 'upload', 'l', 'completed', timezone('UTC', now())
    FROM generate_series(1, ${LISTS}::int) n`;
  await db().$executeRaw`
    INSERT INTO "Verification" ("id", "workspaceId", "source", "email", "normalized", "canonical", "status", "reason", "createdAt")
    SELECT 'ver_' || lpad(n::text, 26, '0'), CASE WHEN n % 2 = 0 THEN ${own} ELSE ${other} END, 'app', a, a, a,
      CASE WHEN n % 8 < 4 THEN 'undeliverable' ELSE 'deliverable' END, CASE WHEN n % 8 < 4 THEN 'no_mx' ELSE 'mailbox_exists' END,
      ${new Date(start)}::timestamp + n * interval '1 minute'
    FROM generate_series(1, ${MANY}::int) n CROSS JOIN LATERAL (SELECT chr(98 + n / 2 % 2) || n || '@d' || n / 8 % 2 || '.example' AS a) x`;
  await db().$executeRaw`
    INSERT INTO "ListResult" ("listId", "n", "workspaceId", "email", "domain", "canonical", "reason", "flags", "checkedAt", "part")
    SELECT 'lst_' || lpad((n % 5000 + 1)::text, 26, '0'), n, CASE WHEN n % 2 = 0 THEN ${own} ELSE ${other} END, a,
      'd' || n / 8 % 2 || '.example', CASE WHEN n % 10 = 0 THEN 'c' || a END, CASE WHEN n % 8 < 4 THEN 25 ELSE 1 END, 0,
      ${new Date(start)}::timestamp + n * interval '1 minute', 1
    FROM generate_series(1, ${MANY}::int) n CROSS JOIN LATERAL (SELECT chr(98 + n / 2 % 2) || n || '@d' || n / 8 % 2 || '.example' AS a) x`;
  await db().$executeRaw`ANALYZE "Verification", "ListResult", "List"`;
});

/** A position in the middle of a stream, as if a page ended there. */
const deep = (kind: StreamKind, key: string): HistoryPosition => ({
  key,
  at: start + HALF * 60_000,
  kind,
  id: kind === 'check' ? idOf('ver', HALF) : idOf('lst', LISTS / 2),
  n: HALF,
});

type Asked = [name: string, question: Partial<HistoryQuestion>, checksBy: string[], rowsBy: string[] | null];
const search = (q: string) => toAddressSearch(q);
const ADDRESS = { checks: 'Verification_history_address', rows: 'ListResult_history_address' };
const MAILBOX = {
  checks: [ADDRESS.checks, 'Verification_history_canonical'],
  rows: [ADDRESS.rows, 'ListResult_history_canonical'],
};
const ASKED: Asked[] = [
  ['nothing', { search: null }, ['Verification_history'], null],
  ['a verdict', { search: null, status: 'undeliverable' }, ['Verification_history_status'], null],
  ['a reason', { search: null, reason: 'no_mx' }, ['Verification_history_reason'], null],
  ['an address', { search: search('c20@d0.example') }, MAILBOX.checks, MAILBOX.rows],
  [
    'a domain',
    { search: search('@d1.example') },
    ['Verification_history_domain'],
    ['ListResult_workspaceId_domain_checkedAt_idx'],
  ],
  ['a beginning', { search: search('c') }, [ADDRESS.checks], [ADDRESS.rows]],
];
const FURTHER: [string, Partial<HistoryQuestion>][] = [
  ['', {}],
  [', of some days', { from: '2026-10-01', to: '2026-10-02' }],
  [', of a key, real ones', { keyId: 'key_x', test: false, source: 'app' }],
];
const CASES = ASKED.flatMap(([name, asked, checksBy, rowsBy]) =>
  FURTHER.flatMap(([more, further]) =>
    [false, true].map((isDeep) => ({
      name: `${name}${more}, ${isDeep ? 'deep' : 'first page'}`,
      questionOf: (kind: StreamKind): HistoryQuestion => {
        const key = asked.search?.kind === 'beginning' ? 'c20004@d1.example' : '';
        return { search: null, ...asked, ...further, after: isDeep ? deep(kind, key) : null, take: 26 };
      },
      checksBy,
      rowsBy,
    })),
  ),
);

const readsOf = async (statement: Parameters<typeof explain>[0], table: string) => {
  const plan = await explain(statement);
  const reads = nodesOf(plan).filter((node) => node['Relation Name'] === table);
  return {
    types: reads.map((read) => read['Node Type']),
    by: new Set(reads.map((read) => read['Index Name'])),
    sorts: wholeSorts(plan, table),
  };
};

describe('the plan of a page of the history', () => {
  it.each(CASES)('$name: takes the index made for it, and sorts nothing as a whole', async ({ questionOf, checksBy, rowsBy }) => {
    const checks = await readsOf(historyChecksSql(scope, questionOf('check')), 'Verification');
    expect(checks.by).toEqual(new Set(checksBy));
    expect(checks.types.every((type) => /^Index (Only )?Scan/.test(type))).toBe(true);
    expect(checks.sorts).toEqual([]);
    if (rowsBy === null) {
      const lists = await readsOf(historyListsSql(scope, questionOf('list')), 'List');
      expect(lists.types.every((type) => /^Index (Only )?Scan/.test(type))).toBe(true);
      expect(lists.sorts).toEqual([]);
      return;
    }
    const rows = await readsOf(historyRowsSql(scope, questionOf('row')), 'ListResult');
    expect(rows.by).toEqual(new Set([...rowsBy, 'ListResult_pkey']));
    expect(rows.types.every((type) => /^Index (Only )?Scan/.test(type))).toBe(true);
    expect(rows.sorts).toEqual([]);
  });
});
