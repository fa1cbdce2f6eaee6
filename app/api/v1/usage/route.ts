// What was answered in a range of days, and the credits it cost.
import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { type UsageAnswer, usageQuerySchema } from '@/lib/credits/api';
import type { UsageRow } from '@/lib/credits/rules/usage';
import { getUsage } from '@/lib/credits/usage';
import { parseQuery } from '@/lib/platform/http/body';

async function readUsage({ holder, request }: ApiCall): Promise<ApiAnswer> {
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

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'credits:read' }, readUsage),
});
