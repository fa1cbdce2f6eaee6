// The live stream of a list for the page of a signed-in person, of their own workspace only.
import 'server-only';
import { findSession } from '@/lib/auth/session';
import { AppError } from '@/lib/errors';
import { isJobId } from '@/lib/schemas/job-request';
import { getList } from '@/lib/services/lists/get-list';
import { answerRequest } from './answer-request';
import type { RouteHandler } from './api-route';
import { listEvents } from './list-events';

export const watchOwnList: RouteHandler = (request, context) =>
  answerRequest(async () => {
    const session = await findSession();
    if (session === null) throw new AppError('unauthenticated');
    const id = String((await context.params).id);
    if (!isJobId(id)) throw new AppError('not_found');
    const list = await getList(session.scope, id);
    if (!list.ok) throw list.error;
    return listEvents(request, { scope: session.scope, list: list.value, event: 'list', toData: (view) => view });
  });
