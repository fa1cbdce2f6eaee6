// The event stream of a list, only for a signed-in person of the list's workspace. It ends with the session.
import { onSessionEnd } from '@/lib/accounts/sign-in';
import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { findSession } from '@/lib/accounts/web/session';
import { getList } from '@/lib/lists/read';
import { isListId } from '@/lib/lists/requests';
import { listEvents } from '@/lib/lists/web/api';
import { AppError } from '@/lib/platform/errors';
import { answerRequest } from '@/lib/platform/http/problem';

const watchOwnList: RouteHandler = (request, context) =>
  answerRequest(async () => {
    const session = await findSession();
    if (session === null) throw new AppError('unauthenticated');
    const id = String((await context.params).id);
    if (!isListId(id)) throw new AppError('not_found');
    const list = await getList(session.scope, id);
    if (!list.ok) throw list.error;
    return listEvents(request, {
      scope: session.scope,
      list: list.value,
      event: 'list',
      toData: (view) => view,
      untilSignedOut: (end) => onSessionEnd(session, end),
    });
  });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: watchOwnList, HEAD: null });
