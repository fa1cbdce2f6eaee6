// GET /v1/credits/ledger and GET /v1/usage: what moved a workspace's credits, and what was answered for them.
import 'server-only';
import type { LedgerLine } from '@/lib/domain/ledger-view';
import type { UsageRow } from '@/lib/domain/usage';
import { ledgerQuerySchema, usageQuerySchema } from '@/lib/schemas/ledger-request';
import type { LedgerLineAnswer, UsageAnswer } from '@/lib/schemas/ledger-response';
import { listLedger } from '@/lib/services/ledger/list-ledger';
import { getUsage } from '@/lib/services/usage/get-usage';
import { answer, type ApiAnswer, type ApiCall } from './api-route';
import { parseQuery } from './parse-input';

export async function readLedger({ holder, request }: ApiCall): Promise<ApiAnswer> {
  const page = await listLedger(holder.scope, parseQuery(ledgerQuerySchema, request.url));
  return answer(200, { data: page.lines.map(toLineAnswer), next_cursor: page.nextCursor });
}

export async function readUsage({ holder, request }: ApiCall): Promise<ApiAnswer> {
  const { from, to, group_by: by } = parseQuery(usageQuerySchema, request.url);
  const usage = await getUsage(holder.scope, { from, to, by });
  if (!usage.ok) throw usage.error;
  const { rows, totals, ...range } = usage.value;
  const body: UsageAnswer = {
    ...range,
    group_by: by,
    data: rows.map((row) => ({ group: row.group === '' ? null : row.group, name: row.label, ...sumsOf(row) })),
    totals: sumsOf(totals),
  };
  return answer(200, body);
}

const sumsOf = ({ answers, credits, counts }: UsageRow) => ({ answers, credits, counts });

const toLineAnswer = ({ id, kind, amount, cause, key, createdAt }: LedgerLine): LedgerLineAnswer => ({
  id,
  kind,
  amount,
  cause: { type: cause.type, id: cause.id },
  api_key_id: key?.id ?? null,
  created_at: createdAt,
});
