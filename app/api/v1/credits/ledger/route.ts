// What moved a workspace's credits, newest first.
import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { type LedgerLineAnswer, listLedger as operation } from '@/lib/credits/api';
import type { LedgerLine } from '@/lib/credits/rules/ledger';
import { listLedger } from '@/lib/credits/statement';

async function readLedger({ holder, query }: ApiCall<z.infer<typeof operation.query>>): Promise<ApiAnswer> {
  const page = await listLedger(holder.scope, query);
  return answer(200, { data: page.lines.map(toLineAnswer), next_cursor: page.nextCursor });
}

const toLineAnswer = ({ id, kind, amount, balanceAfter, cause, key, createdAt }: LedgerLine): LedgerLineAnswer => ({
  id,
  kind,
  amount,
  balance_after: balanceAfter,
  cause: { type: cause.type, id: cause.id },
  api_key_id: key?.id ?? null,
  created_at: createdAt,
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, readLedger));
