// The answers given in a range of days, and the credits they cost.
import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { type UsageAnswer, getUsage as operation } from '@/lib/credits/api';
import type { UsageRow } from '@/lib/credits/rules/usage';
import { getUsage } from '@/lib/credits/usage';

async function readUsage({ holder, query }: ApiCall<z.infer<typeof operation.query>>): Promise<ApiAnswer> {
  const { from, to, group_by: by } = query;
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

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, readUsage));
