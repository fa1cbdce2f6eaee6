import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { changeFile, lockIntake, writeProgress } from './intake';
import { changeRun, lockList } from './run';

useTestDatabase();

const AT_ONCE = 10;
const times = <T>(make: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: AT_ONCE }, make));

test('code that waited for a list’s lock reads the run as it is after the wait, and no count is lost', async () => {
  const scope = await makeWorkspace();
  const id = await seedList(scope, { status: 'running', more: { run: { unique: 100 } } });
  await times(() =>
    inTransaction(async (tx) => {
      const list = await lockList(scope, id, tx);
      await changeRun(id, { processed: (list?.processed ?? 0) + 1, parts: (list?.parts ?? 0) + 1 }, tx);
    }),
  );
  expect(await db().listRun.findUniqueOrThrow({ where: { listId: id } })).toMatchObject({ processed: AT_ONCE, parts: AT_ONCE });
});

test('the same holds for its file, while its progress is reported concurrently', async () => {
  const scope = await makeWorkspace();
  const id = await seedList(scope, { status: 'parsing' });
  const count = () =>
    inTransaction(async (tx) => {
      const list = await lockIntake(scope, id, tx);
      await changeFile(id, { receivedBytes: (list?.receivedBytes ?? 0) + 1 }, tx);
    });
  await Promise.all([times(count), times(() => writeProgress(id, { parsedBytes: 7, rows: 7 }))]);
  expect(await db().listFile.findUniqueOrThrow({ where: { listId: id } })).toMatchObject({
    receivedBytes: BigInt(AT_ONCE),
    parsedBytes: 7n,
    rows: 7,
  });
});
