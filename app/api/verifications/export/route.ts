// The history as a file, with the page's filters applied, only for a signed-in person of the workspace.
import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { findSession } from '@/lib/accounts/web/session';
import { dayOf } from '@/lib/credits/rules/usage';
import { parseHistorySearch } from '@/lib/dashboard/api';
import { exportHistory, historyFilter } from '@/lib/dashboard/history';
import { AppError } from '@/lib/platform/errors';
import { csvResponse } from '@/lib/platform/http/files';
import { answerRequest } from '@/lib/platform/http/problem';

const downloadHistory: RouteHandler = (request) =>
  answerRequest(async () => {
    const session = await findSession();
    if (session === null) throw new AppError('unauthenticated');
    const search = parseHistorySearch(Object.fromEntries(new URL(request.url).searchParams));
    return csvResponse(`history-${dayOf(new Date())}.csv`, exportHistory(session.scope, historyFilter(search)));
  });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadHistory, HEAD: null });
