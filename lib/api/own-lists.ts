// How our own pages bring a list in: begin, send the parts, look which are there, say that all are; or paste. What is another
// workspace's, and what is no id, reads as missing.
import 'server-only';
import { PASTE_MAX_BYTES, UPLOAD_PART_BYTES } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { AppError, type Result } from '@/lib/errors';
import { isJobId } from '@/lib/schemas/job-request';
import { beginListSchema, pasteListSchema } from '@/lib/schemas/own-list-request';
import { beginUpload } from '@/lib/services/lists/begin-upload';
import { endUpload } from '@/lib/services/lists/end-upload';
import { getUpload } from '@/lib/services/lists/get-upload';
import { pasteList } from '@/lib/services/lists/paste-list';
import { storePart } from '@/lib/services/lists/store-part';
import type { OwnCall } from './own-route';
import { parseInput } from './parse-input';
import { readJsonBody } from './read-json-body';
import { readRawBody } from './read-raw-body';

/** A character of the text can take six bytes of JSON. */
const PASTE_BODY_MAX_BYTES = 6 * PASTE_MAX_BYTES + 64 * 1024;

export async function beginOwnUpload({ request, session }: OwnCall): Promise<Response> {
  const wanted = parseInput(beginListSchema, (await readJsonBody(request)).value);
  const begun = valueOf(await beginUpload(session.scope, { ...wanted, ...madeBy(session.userId) }));
  return Response.json({ ...intakeOf(begun.list), partBytes: begun.partBytes, parts: [] }, { status: 201 });
}

export async function readOwnUpload(call: OwnCall): Promise<Response> {
  const { list, partBytes, parts } = valueOf(await getUpload(call.session.scope, listIdOf(call)));
  return Response.json({ ...intakeOf(list), partBytes, parts });
}

export async function storeOwnPart(call: OwnCall): Promise<Response> {
  const listId = listIdOf(call);
  const no = /^[1-9]\d{0,4}$/.test(call.param('no')) ? Number(call.param('no')) : null;
  if (no === null) throw new AppError('not_found');
  const bytes = await readRawBody(call.request, UPLOAD_PART_BYTES);
  return Response.json(valueOf(await storePart(call.session.scope, { listId, no, bytes })));
}

export async function endOwnUpload(call: OwnCall): Promise<Response> {
  return Response.json(intakeOf(valueOf(await endUpload(call.session.scope, listIdOf(call)))));
}

export async function pasteOwnList({ request, session }: OwnCall): Promise<Response> {
  const wanted = parseInput(pasteListSchema, (await readJsonBody(request, PASTE_BODY_MAX_BYTES)).value);
  const list = valueOf(await pasteList(session.scope, { ...wanted, ...madeBy(session.userId) }));
  return Response.json(intakeOf(list), { status: 201 });
}

const madeBy = (userId: string) => ({ test: false, createdById: userId });

/** The rest of a list is its page's. */
const intakeOf = ({ id, state }: ListView) => ({ id, state });

function listIdOf({ param }: OwnCall): string {
  const id = param('id');
  if (!isJobId(id)) throw new AppError('not_found');
  return id;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}
