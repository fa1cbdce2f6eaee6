// Calls the routes as the OpenAPI document describes, and checks each answer against it: the status, media type, headers and body. Anything
// undocumented throws.
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { openApiDocument, OPERATIONS } from '@/app/api/v1/openapi.json/document';
import { errorsOf, type Operation } from '@/lib/accounts/operation';
import { makeRequest, ORIGIN } from './call';
import { encodeForm, FORM_TYPE, type FormPart } from './upload-form';

export interface Ask {
  key?: string;
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  /** Sent as JSON; a string as it is. */
  body?: unknown;
  form?: FormPart[];
  headers?: Record<string, string>;
}

export interface Told {
  status: number;
  headers: Headers;
  json: unknown;
  /** The code of a refusal. */
  code: string | null;
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const Content = z.record(z.string(), z.object({ schema: z.unknown() }));
const Documented = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({ headers: z.record(z.string(), z.unknown()).default({}), content: Content.default({}) }),
        ),
      }),
    ),
  ),
});

function readDocument() {
  const sent: unknown = JSON.parse(JSON.stringify(openApiDocument(ORIGIN)));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(z.record(z.string(), z.unknown()).parse(sent), 'document');
  return { paths: Documented.parse(sent).paths, ajv };
}

let read: ReturnType<typeof readDocument> | undefined;
/** Read at the first call, not before: its examples name this site, and settings are read once, when the database is known. */
const documented = () => (read ??= readDocument());

/** Headers that are sent only when they have something to say. */
const SOMETIMES = new Set([
  'Retry-After',
  'Idempotent-Replayed',
  'X-Credits-Charged',
  'X-Credits-Remaining',
  'RateLimit',
  'RateLimit-Policy',
]);

/** What has been answered so far: `id status` and `id code`. */
export const seen = new Set<string>();

export const operationOf = (id: string): Operation => {
  const found = OPERATIONS.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`there is no operation ${id}`);
  return found;
};

export async function ask(id: string, how: Ask = {}): Promise<Told> {
  const operation = operationOf(id);
  const params = { ...operation.params, ...how.params };
  const response = await (
    await handlerOf(operation)
  )(requestOf(operation, { ...how, params }), { params: Promise.resolve(params) });
  const isStream = operation.answers[response.status]?.streams !== undefined;
  if (isStream) await response.body?.cancel();
  const text = isStream ? '' : await response.text();
  const told = { status: response.status, headers: response.headers, json: text === '' ? null : parse(text) };
  const code = hold(operation, told);
  seen.add(`${id} ${told.status}`);
  if (code !== null) seen.add(`${id} ${code}`);
  return { ...told, code };
}

async function handlerOf({ method, path }: Operation): Promise<Handler> {
  const folder = path.replace('/v1', '').replaceAll('{', '[').replaceAll('}', ']');
  const route = z
    .record(z.string(), z.unknown())
    .parse({ ...(await import(/* @vite-ignore */ `../../app/api/v1${folder}/route.ts`)) });
  const handler = route[method];
  if (!isHandler(handler)) throw new Error(`${path} has no ${method}`);
  return handler;
}

function requestOf({ method, path }: Operation, { key, params = {}, query = {}, body, form, headers = {} }: Ask): Request {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const words = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const search = words.length === 0 ? '' : `?${new URLSearchParams(words).toString()}`;
  if (form === undefined) return makeRequest({ method, path: `${filled}${search}`, key, body, headers });
  const auth: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return new Request(`${ORIGIN}${filled}`, {
    method,
    headers: { host: new URL(ORIGIN).host, 'x-client-address': '192.0.2.1', 'content-type': FORM_TYPE, ...auth, ...headers },
    body: encodeForm(form),
  });
}

/** Throws if the answer is not as documented; returns the code of a refusal. */
export function hold(operation: Operation, { status, headers, json }: Omit<Told, 'code'>): string | null {
  const where = `${operation.id} ${status}`;
  const method = operation.method.toLowerCase();
  const { paths, ajv } = documented();
  const response = paths[operation.path]?.[method]?.responses[String(status)];
  if (response === undefined) throw new Error(`${where} is not documented: ${JSON.stringify(json)}`);
  for (const name of Object.keys(response.headers))
    if (!headers.has(name) && !SOMETIMES.has(name)) throw new Error(`${where} lacks the header ${name}`);
  const types = Object.keys(response.content);
  if (types.length === 0) return null;
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (!types.includes(type)) throw new Error(`${where} is ${type}, not ${types.join(' or ')}`);
  if (operation.answers[status]?.streams !== undefined) return null;
  const pointer = ['paths', operation.path, method, 'responses', status, 'content', type, 'schema'].map(escape).join('/');
  const validate = ajv.getSchema(`document#/${pointer}`);
  if (validate === undefined) throw new Error(`${where} has no schema`);
  if (validate(json) !== true) throw new Error(`${where} is not as documented: ${ajv.errorsText(validate.errors)}`);
  // The document lets answers gain fields later, but today’s code has to send exactly today’s fields.
  operation.answers[status]?.schema?.parse(json);
  return status < 400 ? null : codeOf(operation, json);
}

function codeOf(operation: Operation, json: unknown): string {
  const { code } = z.object({ code: z.string() }).parse(json);
  if (!errorsOf(operation).some((known) => known === code)) throw new Error(`${operation.id} does not document ${code}`);
  return code;
}

/** Escaped by RFC 6901, then for a URI. */
const escape = (word: string | number): string => encodeURIComponent(String(word).replaceAll('~', '~0').replaceAll('/', '~1'));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The id of what was created. */
export function idOf(json: unknown): string {
  if (typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string') return json.id;
  throw new Error(`no id in ${JSON.stringify(json)}`);
}
