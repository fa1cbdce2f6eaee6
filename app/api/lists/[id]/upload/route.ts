// GET: which parts of the file have arrived. POST: all parts have arrived, so the worker reads the file.
import { apiMethods } from '@/lib/accounts/web/api-route';
import { type OwnCall, ownRoute } from '@/lib/accounts/web/session';
import { endUpload, getUpload } from '@/lib/lists/upload';
import { intakeOf, listIdOf } from '@/lib/lists/web/own';
import { unwrap } from '@/lib/platform/errors';

async function readOwnUpload(call: OwnCall): Promise<Response> {
  const { list, partBytes, parts } = unwrap(await getUpload(call.session.scope, listIdOf(call)));
  return Response.json({ ...intakeOf(list), partBytes, parts });
}

async function endOwnUpload(call: OwnCall): Promise<Response> {
  return Response.json(intakeOf(unwrap(await endUpload(call.session.scope, listIdOf(call)))));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: ownRoute(readOwnUpload),
  POST: ownRoute(endOwnUpload),
});
