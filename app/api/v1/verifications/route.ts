// A test key reads the answers to test keys, a live key the real ones. A search by address finds rows of lists too.
import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { readHistoryCursor, toListedAnswer, listVerifications as operation } from '@/lib/dashboard/api';
import { type ListedVerification, listHistory, listVerifications } from '@/lib/dashboard/history';
import { toExactSearch } from '@/lib/dashboard/rules';
import { AppError } from '@/lib/platform/errors';
import { isVerificationId, NO_CURSOR } from '@/lib/verifications/api';
import { toKeptAddress } from '@/lib/verifications/read';

/** All single checks or, for one address, every answer from checks and lists. */
async function readVerifications({ holder, query }: ApiCall<z.infer<typeof operation.query>>): Promise<ApiAnswer> {
  const { email, cursor, limit } = query;
  const isCursor = cursor === undefined || (email === undefined ? isVerificationId(cursor) : readHistoryCursor(cursor) !== null);
  if (!isCursor) throw new AppError('invalid_request', { fields: { cursor: NO_CURSOR } });
  const page = { test: holder.mode === 'test', cursor, limit };
  if (email === undefined) {
    const { items, nextCursor } = await listVerifications(holder.scope, page);
    return answer(200, { data: items.map(toCheckAnswer), next_cursor: nextCursor });
  }
  const found = await listHistory(holder.scope, { ...page, search: toExactSearch(toKeptAddress(email)) });
  return answer(200, {
    data: found.items.flatMap((item) => (item.kind === 'list' ? [] : [toListedAnswer(item)])),
    next_cursor: found.nextCursor,
  });
}

const toCheckAnswer = ({ apiKeyId, ...summary }: ListedVerification) =>
  toListedAnswer({ kind: 'check', summary, at: summary.createdAt, key: apiKeyId === null ? null : { id: apiKeyId, name: null } });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, readVerifications));
