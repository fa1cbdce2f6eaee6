// The body of a call that needs no word: JSON as everywhere, or nothing, which reads as an empty object.
import 'server-only';
import { readJsonBody, type JsonBody } from './read-json-body';

export function readOptionalJson(request: Request): Promise<JsonBody> {
  const isEmpty = request.body === null || request.headers.get('content-length') === '0';
  return isEmpty ? Promise.resolve({ bytes: new Uint8Array(), value: {} }) : readJsonBody(request);
}
