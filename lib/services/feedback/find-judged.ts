// Which answer of a workspace is meant: the newest to an address, a check by its id, or a row of a list. An answer from memory leads
// to the one that it repeats, which is the one that was paid for.
import {
  findJudgedById,
  findJudgedCheck,
  findJudgedRow,
  findJudgedRowAt,
  type AnswerQuestion,
  type JudgedAddress,
} from '@/lib/data/judged-addresses';
import type { Scope } from '@/lib/data/scope';
import { parseAddress } from '@/lib/domain/address';

export type JudgedTarget = { email: string } | { verificationId: string } | { listId: string; row: number };

export async function findJudged(scope: Scope, target: JudgedTarget): Promise<JudgedAddress | null> {
  if ('email' in target) {
    const parsed = parseAddress(target.email);
    return parsed.ok ? findAnswer(scope, { normalized: parsed.address.normalized }) : null;
  }
  if ('listId' in target) {
    const row = await findJudgedRowAt(scope, target);
    return row?.credits === 0 ? paidFor(scope, row, row.email) : row;
  }
  const check = await findJudgedById(scope, target.verificationId);
  return check?.cached === true ? paidFor(scope, check, check.normalized) : check;
}

/** The answer that one repeats: same address, same moment. Itself where there is none. */
async function paidFor(scope: Scope, repeated: JudgedAddress, normalized: string | null): Promise<JudgedAddress> {
  if (normalized === null) return repeated;
  const answer = await findAnswer(scope, { normalized, checkedAt: repeated.checkedAt });
  return answer !== null && answer.credits > 0 ? answer : repeated;
}

/** Of a check and a row of a list the newer; of the same moment the one that was charged. */
async function findAnswer(scope: Scope, question: AnswerQuestion): Promise<JudgedAddress | null> {
  const [check, row] = await Promise.all([findJudgedCheck(scope, question), findJudgedRow(scope, question)]);
  if (check === null || row === null) return check ?? row;
  const later = check.checkedAt.getTime() - row.checkedAt.getTime() || check.credits - row.credits;
  return later >= 0 ? check : row;
}
