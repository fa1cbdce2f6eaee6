import { apiMethods } from '@/lib/accounts/web/api-route';
import { type OwnCall, ownRoute } from '@/lib/accounts/web/session';
import { pasteListSchema } from '@/lib/lists/requests';
import { pasteList } from '@/lib/lists/upload';
import { intakeOf, madeBy } from '@/lib/lists/web/own';
import { unwrap } from '@/lib/platform/errors';
import { parseInput, readJsonBody } from '@/lib/platform/http/body';
import { PASTE_MAX_BYTES } from '@/lib/platform/limits';

/** One character of the text can take six bytes of JSON. */
const PASTE_BODY_MAX_BYTES = 6 * PASTE_MAX_BYTES + 64 * 1024;

async function pasteOwnList({ request, session }: OwnCall): Promise<Response> {
  const wanted = parseInput(pasteListSchema, (await readJsonBody(request, PASTE_BODY_MAX_BYTES)).value);
  const list = unwrap(await pasteList(session.scope, { ...wanted, ...madeBy(session.userId) }));
  return Response.json(intakeOf(list), { status: 201 });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: ownRoute(pasteOwnList) });
