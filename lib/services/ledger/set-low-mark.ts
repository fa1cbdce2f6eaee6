// Where a workspace wants to be told that few credits are left: its own number, never (0), or what its plan makes of it (null). When
// there is enough by the new mark, the next crossing is told anew; when there is not, the next hold tells.
import { lockBalance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import { setLowBelow } from '@/lib/data/standing';
import { inTransaction } from '@/lib/data/transaction';
import { LOW_BALANCE_MARK_MAX } from '@/lib/domain/limits';
import { fail, ok, type Result } from '@/lib/errors';
import { noticeRise } from './notice-rise';

export async function setLowMark(scope: Scope, lowBelow: number | null): Promise<Result<null>> {
  const isGood = lowBelow === null || (Number.isSafeInteger(lowBelow) && lowBelow >= 0 && lowBelow <= LOW_BALANCE_MARK_MAX);
  if (!isGood) {
    const most = LOW_BALANCE_MARK_MAX.toLocaleString('en');
    return fail('invalid_request', { fields: { lowBelow: `Use a whole number from 0 to ${most}.` } });
  }
  await inTransaction(async (tx) => {
    await lockBalance(scope, tx);
    await setLowBelow(scope, lowBelow, tx);
    await noticeRise(scope, tx);
  });
  return ok(null);
}
