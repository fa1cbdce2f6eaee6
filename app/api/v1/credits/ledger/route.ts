// What moved a workspace's credits, newest first.
import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { type LedgerLineAnswer, ledgerQuerySchema } from '@/lib/credits/api';
import type { LedgerLine } from '@/lib/credits/rules/ledger';
import { listLedger } from '@/lib/credits/statement';
import { parseQuery } from '@/lib/platform/http/body';

async function readLedger({ holder, request }: ApiCall): Promise<ApiAnswer> {
  const page = await listLedger(holder.scope, parseQuery(ledgerQuerySchema, request.url));
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

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'credits:read' }, readLedger),
});
