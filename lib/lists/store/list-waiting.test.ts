import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { queryOne } from '@/lib/platform/db/rows';
import { waitingRowsSql, type WaitingQuestion } from './pages';

useTestDatabase();

const ROWS = 4_000;
let listId: string;
beforeAll(async () => {
  const scope = await makeWorkspace();
  const retryAt = new Date(Date.now() + 3_600_000);
  listId = await seedList(scope, {
    status: 'running',
    rows: Array.from({ length: ROWS }, (_, at) => ({ cells: [`a${at}@example.com`], retryAt })),
  });
  await db().$executeRaw`ANALYZE "ListRetry", "ListRow"`;
});

const POSITIONS: [string, Pick<WaitingQuestion, 'direction' | 'from'>][] = [
  ['first page', { direction: 'next', from: null }],
  ['in the middle, forwards', { direction: 'next', from: { n: ROWS / 2 } }],
  ['in the middle, backwards', { direction: 'previous', from: { n: ROWS / 2 } }],
  ['last page', { direction: 'previous', from: null }],
];

describe('the plan of a page of waiting rows', () => {
  it.each(POSITIONS)('%s: by the primary keys, sorting no more than the page', async (_, where) => {
    const sql = waitingRowsSql({ listId, ...where, take: 26 });
    const row = await queryOne(z.object({ 'QUERY PLAN': z.unknown() }), Prisma.sql`EXPLAIN (FORMAT JSON) ${sql}`);
    const plan = JSON.stringify(row['QUERY PLAN']);
    const indexes = [...plan.matchAll(/"Index Name":"(\w+)"/g)].map(([, name]) => name).sort();
    expect(indexes).toEqual(['ListRetry_pkey', 'ListRow_pkey']);
    expect(plan).not.toContain('Seq Scan');
    expect(plan).not.toMatch(/"Node Type":"(?:Incremental )?Sort"[^[]*"Plans":\[\{"Node Type":"[^"]*Scan"/);
  });
});
