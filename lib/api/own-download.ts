// Downloads of people in a browser: a form's POST makes a signed link and sends the browser there, and the link streams the file. The
// link, not the form, is what a download manager can fetch again. Refusals are pages for browsers and problems for programs.
import 'server-only';
import { findSession } from '@/lib/auth/session';
import { isSameOrigin } from '@/lib/auth/is-same-origin';
import { AppError } from '@/lib/errors';
import { exportFormSchema } from '@/lib/schemas/export-request';
import { isJobId } from '@/lib/schemas/job-request';
import { readDownload, signDownload } from '@/lib/services/lists/export/download-link';
import { getList } from '@/lib/services/lists/get-list';
import { answerRequest } from './answer-request';
import type { RouteHandler } from './api-route';
import { parseInput } from './parse-input';
import { readRawBody } from './read-raw-body';
import { refusalPage, wantsPage } from './refusal-page';
import { streamExport } from './stream-export';

const FORM_MAX_BYTES = 4_096;

/** POST /api/lists/{id}/downloads */
export const makeDownload: RouteHandler = (request, context) => {
  const listId = context.params.then(({ id }) => String(id));
  return answerPerson(request, async () => {
    if (!isSameOrigin(request.headers)) throw new AppError('forbidden');
    const session = await findSession();
    if (session === null) throw new AppError('unauthenticated');
    const id = await listId;
    const list = isJobId(id) ? await getList(session.scope, id) : null;
    if (list?.ok !== true) throw new AppError('not_found');
    const wish = parseInput(exportFormSchema, await readForm(request));
    const token = signDownload({ scope: session.scope, listId: id, wish });
    return new Response(null, { status: 303, headers: { Location: `/api/downloads/${token}` } });
  });
};

/** GET /api/downloads/{token} */
export const followDownload: RouteHandler = (request, context) =>
  answerPerson(request, async () => {
    const link = readDownload(String((await context.params).token));
    if (!link.ok) throw link.error;
    return streamExport(request, link.value);
  });

async function readForm(request: Request): Promise<FormData> {
  const bytes = await readRawBody(request, FORM_MAX_BYTES);
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) throw new AppError('unsupported_media_type');
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(Buffer.from(bytes).toString())) form.append(name, value);
  return form;
}

function answerPerson(request: Request, work: () => Promise<Response>): Promise<Response> {
  return answerRequest(async () => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || !wantsPage(request.headers)) throw error;
      return refusalPage(error, error.code === 'unauthenticated' ? '/signin?callbackUrl=%2Flists' : '/lists');
    }
  });
}
