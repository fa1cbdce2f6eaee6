// Starts an upload from our own pages. Its parts follow, then a POST to its `upload` path.
import { apiMethods } from '@/lib/accounts/web/api-route';
import { type OwnCall, ownRoute } from '@/lib/accounts/web/session';
import { beginListSchema } from '@/lib/lists/requests';
import { beginUpload } from '@/lib/lists/upload';
import { intakeOf, madeBy } from '@/lib/lists/web/own';
import { unwrap } from '@/lib/platform/errors';
import { parseInput, readJsonBody } from '@/lib/platform/http/body';

async function beginOwnUpload({ request, session }: OwnCall): Promise<Response> {
  const wanted = parseInput(beginListSchema, (await readJsonBody(request)).value);
  const begun = unwrap(await beginUpload(session.scope, { ...wanted, ...madeBy(session.userId) }));
  return Response.json({ ...intakeOf(begun.list), partBytes: begun.partBytes, parts: [] }, { status: 201 });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: ownRoute(beginOwnUpload) });
