import { expect, it, test } from 'vitest';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { canMove, LIST_STATUSES, type ListStatus } from '../rules/list';
import { moveStatus, tryMoveStatus } from './status';

useTestDatabase();

const statusOf = async (id: string): Promise<string> =>
  (await db().list.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;

it.each(LIST_STATUSES)('a list that is %s makes only the moves that the table allows', async (from) => {
  const scope = await makeWorkspace();
  for (const to of LIST_STATUSES) {
    const id = await seedList(scope, { status: from });
    expect(await inTransaction((tx) => tryMoveStatus(scope, id, { to }, tx)), to).toBe(canMove(from, to));
    expect(await statusOf(id)).toBe(canMove(from, to) ? to : from);
  }
});

test('of concurrent ends, exactly one happens, whatever their callers saw before', async () => {
  const scope = await makeWorkspace();
  const ends: ListStatus[] = ['completed', 'cancelled', 'failed'];
  for (let round = 0; round < 10; round++) {
    const id = await seedList(scope, { status: 'running' });
    const made = await Promise.all(ends.map((to) => inTransaction((tx) => tryMoveStatus(scope, id, { to }, tx))));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await statusOf(id)).toBe(ends[made.indexOf(true)]);
  }
});

test('a move writes the changes that belong to it', async () => {
  const scope = await makeWorkspace();
  const id = await seedList(scope, { status: 'running' });
  const pausedAt = new Date('2026-02-03T04:05:06Z');
  await inTransaction((tx) => moveStatus(scope, id, { to: 'paused', pauseReason: 'by_customer', pausedAt }, tx));
  expect(
    await db().list.findUniqueOrThrow({ where: { id }, select: { status: true, pauseReason: true, pausedAt: true } }),
  ).toEqual({ status: 'paused', pauseReason: 'by_customer', pausedAt });
});

test('a move that is not allowed throws, and rolls back its transaction', async () => {
  const scope = await makeWorkspace();
  const id = await seedList(scope, { status: 'completed' });
  const moved = inTransaction(async (tx) => {
    await tx.list.update({ where: { id }, data: { name: 'renamed' } });
    await moveStatus(scope, id, { to: 'running' }, tx);
  });
  await expect(moved).rejects.toThrow("can't become running");
  expect((await db().list.findUniqueOrThrow({ where: { id } })).name).not.toBe('renamed');
});

test('a list of another workspace does not move', async () => {
  const id = await seedList(await makeWorkspace(), { status: 'running' });
  const other = await makeWorkspace();
  expect(await inTransaction((tx) => tryMoveStatus(other, id, { to: 'paused' }, tx))).toBe(false);
  expect(await statusOf(id)).toBe('running');
});

it.each([
  ...['status', 'pauseReason', 'failure', 'source', 'policy'].map((column) => ({ table: 'List', key: 'id', column })),
  { table: 'ListFile', key: 'listId', column: 'format' },
  { table: 'ListRun', key: 'listId', column: 'startMode' },
])('the database refuses an unknown word in $column of $table', async ({ table, key, column }) => {
  const id = await seedList(await makeWorkspace());
  const name = (word: string): Prisma.Sql => Prisma.raw(`"${word}"`);
  const written = db().$executeRaw`UPDATE ${name(table)} SET ${name(column)} = 'nonsense' WHERE ${name(key)} = ${id}`;
  await expect(written).rejects.toThrow(`${table}_${column}_known`);
});
