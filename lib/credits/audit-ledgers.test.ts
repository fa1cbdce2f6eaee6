import { expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { capture, mustHold } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { auditLedgers } from './balance';

useTestDatabase();

it('names the workspaces whose books do not balance, and no others', async () => {
  const [sound, balance, grant] = [await makeWorkspace(10), await makeWorkspace(10), await makeWorkspace(10)];
  await capture(sound, await mustHold(sound, 4), 3);
  expect(await auditLedgers()).toEqual([]);
  await inTransaction((tx) => tx.creditBalance.update({ where: balance, data: { balance: 9 } }));
  await inTransaction((tx) => tx.creditGrant.updateMany({ where: grant, data: { remaining: 9 } }));
  expect((await auditLedgers()).sort()).toEqual([balance.workspaceId, grant.workspaceId].sort());
});
