import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { Prisma } from './_prisma/client';
import { rowPool } from './client';
import { CountRow, queryOne, queryPgRows, queryRow, queryRows } from './rows';

useTestDatabase();

const Named = z.object({ n: z.int(), name: z.string() });

it('returns the rows of a statement in their order, in the given shape', async () => {
  const numbers = Prisma.sql`SELECT n::int AS "count" FROM generate_series(3, 1, -1) AS s (n)`;
  expect(await queryRows(CountRow, numbers)).toEqual([{ count: 3 }, { count: 2 }, { count: 1 }]);
});

it('returns null if there is no row, and throws if there should always be one', async () => {
  const none = Prisma.sql`SELECT 1::int AS "count" WHERE false`;
  expect(await queryRow(CountRow, none)).toBeNull();
  await expect(queryOne(CountRow, none)).rejects.toThrow('had none');
});

it('refuses a row of another shape, naming its columns and never showing its values', async () => {
  const secret = 'alice@example.test';
  const wrong = Prisma.sql`SELECT ${secret}::text AS "n", 2::int AS "label"`;
  const refusal = await queryRows(Named, wrong).catch((error: unknown) => String(error));
  expect(refusal).toContain('n: Invalid input');
  expect(refusal).toContain('name: Invalid input');
  expect(refusal).not.toContain('alice');
});

it('refuses a bigint where a number is expected', async () => {
  await expect(queryOne(CountRow, Prisma.sql`SELECT COUNT(*) AS "count"`)).rejects.toThrow('count: Invalid input');
});

it('also reads through pg itself', async () => {
  const statement = { text: 'SELECT $1::int AS "n", $2::text AS "name"', values: [7, 'seven'] };
  expect(await queryPgRows(Named, rowPool(), statement)).toEqual([{ n: 7, name: 'seven' }]);
  await expect(queryPgRows(CountRow, rowPool(), statement)).rejects.toThrow('count: Invalid input');
});

it('kept statements of code that is loaded twice share a connection without sharing names', async () => {
  const loaded = async () => {
    vi.resetModules();
    const [{ queryOne: ask }, { Prisma: sql }] = await Promise.all([import('./rows'), import('./_prisma/client')]);
    return (n: number) => ask(z.object({ n: z.int() }), sql.sql`/* kept */ SELECT ${n}::int AS "n" ${sql.raw(`-- ${n}`)}`);
  };
  const [first, second] = [await loaded(), await loaded()];
  for (const n of [1, 2, 3]) {
    expect(await first(n)).toEqual({ n });
    expect(await second(-n)).toEqual({ n: -n });
  }
});
