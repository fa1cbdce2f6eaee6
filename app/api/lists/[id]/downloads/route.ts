// A form requests an export and is redirected to a signed link, which streams the file. Forms from another origin are refused.
import { apiMethods, type RouteHandler } from '@/lib/accounts/web/api-route';
import { findSession } from '@/lib/accounts/web/session';
import { signDownload } from '@/lib/lists/export/open-export';
import { getList } from '@/lib/lists/read';
import { exportFormSchema } from '@/lib/lists/export/requests';
import { isListId } from '@/lib/lists/requests';
import { answerPerson } from '@/lib/lists/web/own';
import { AppError } from '@/lib/platform/errors';
import { parseInput, readRawBody } from '@/lib/platform/http/body';
import { isSameOrigin } from '@/lib/platform/http/client-address';

const FORM_MAX_BYTES = 4_096;

const makeDownload: RouteHandler = (request, context) => {
  const listId = context.params.then(({ id }) => String(id));
  return answerPerson(request, async () => {
    if (!isSameOrigin(request.headers)) throw new AppError('forbidden');
    const session = await findSession();
    if (session === null) throw new AppError('unauthenticated');
    const id = await listId;
    const list = isListId(id) ? await getList(session.scope, id) : null;
    if (list?.ok !== true) throw new AppError('not_found');
    const wish = parseInput(exportFormSchema, await readForm(request));
    const token = signDownload({ scope: session.scope, listId: id, wish });
    return new Response(null, { status: 303, headers: { Location: `/api/downloads/${token}` } });
  });
};

async function readForm(request: Request): Promise<FormData> {
  const bytes = await readRawBody(request, FORM_MAX_BYTES);
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) throw new AppError('unsupported_media_type');
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(Buffer.from(bytes).toString())) form.append(name, value);
  return form;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: makeDownload });
