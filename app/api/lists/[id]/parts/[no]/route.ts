import { apiMethods } from '@/lib/accounts/web/api-route';
import { type OwnCall, ownRoute } from '@/lib/accounts/web/session';
import { storePart } from '@/lib/lists/upload';
import { listIdOf } from '@/lib/lists/web/own';
import { AppError, unwrap } from '@/lib/platform/errors';
import { readRawBody } from '@/lib/platform/http/body';
import { UPLOAD_PART_BYTES } from '@/lib/platform/limits';

async function storeOwnPart(call: OwnCall): Promise<Response> {
  const listId = listIdOf(call);
  const no = /^[1-9]\d{0,4}$/.test(call.param('no')) ? Number(call.param('no')) : null;
  if (no === null) throw new AppError('not_found');
  const bytes = await readRawBody(call.request, UPLOAD_PART_BYTES);
  return Response.json(unwrap(await storePart(call.session.scope, { listId, no, bytes })));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ PUT: ownRoute(storeOwnPart) });
