// Reads one case a line, runs it with the shipped SDK, and writes its result.
import { createInterface } from 'node:readline';
import { ApiError, EmailVerifier, type FileSource, ListError, type Pages, unwrapWebhook } from '../dist/index.js';

type Args = Record<string, any>;
type Operation = (client: EmailVerifier, args: Args) => Promise<unknown>;

async function collect(pages: Pages<unknown>, { take = Infinity }: Args): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of pages) {
    items.push(item);
    if (items.length >= take) break;
  }
  return items;
}

const without = (args: Args, ...names: string[]): any =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !['path', 'text', 'take', 'id', ...names].includes(name)));

const fileOf = ({ path, text }: Args): FileSource => path ?? new TextEncoder().encode(text);
const waitOf = ({ interval_ms: intervalMs, timeout_ms: timeoutMs, until }: Args): any =>
  Object.fromEntries(Object.entries({ intervalMs, timeoutMs, until }).filter(([, value]) => value !== undefined));

async function upload(client: EmailVerifier, args: Args): Promise<unknown> {
  const sent: number[] = [];
  let total: number | null = null;
  const { file_name: fileName, ...settings } = without(args);
  const list = await client.lists.create(fileOf(args), {
    ...settings,
    ...(fileName && { fileName }),
    onUploadProgress: ({ sentBytes, totalBytes }) => {
      sent.push(sentBytes);
      total = totalBytes;
    },
  });
  const isGrowing = sent.every((bytes, at) => at === 0 || bytes > (sent[at - 1] ?? 0));
  return { ...list, upload: { last_sent: sent.at(-1), last_total: total, is_growing: isGrowing, is_often: sent.length >= 10 } };
}

async function verifyList(client: EmailVerifier, args: Args): Promise<unknown> {
  const told: number[] = [];
  const { list, rows } = await client.lists.verify(fileOf(args), {
    ...without(args, 'interval_ms'),
    ...waitOf(args),
    onProgress: ({ progress }) => told.push(progress.processed),
  });
  return { list, told, rows: await rows.toArray() };
}

async function waitForList(client: EmailVerifier, args: Args): Promise<unknown> {
  const told: number[] = [];
  const list = await client.lists.wait(args['id'], {
    ...waitOf(args),
    onProgress: ({ progress }) => told.push(progress.processed),
  });
  return { ...list, told };
}

const OPERATIONS: Record<string, Operation> = {
  verify: (client, { email, idempotency_key: idempotencyKey, ...settings }) =>
    client.verify(email, settings, idempotencyKey && { idempotencyKey }),
  verify_batch: (client, { emails, ...settings }) => client.verifyBatch(emails, settings),
  'verifications.get': (client, { id }) => client.verifications.get(id),
  'verifications.list': (client, args) => collect(client.verifications.list(without(args)), args),
  'verifications.wait': (client, args) => client.verifications.wait(args['id'], waitOf(args)),
  'lists.create': upload,
  'lists.list': (client, args) => collect(client.lists.list(without(args)), args),
  'lists.get': (client, { id }) => client.lists.get(id),
  'lists.update': (client, args) => client.lists.update(args['id'], without(args)),
  'lists.delete': (client, { id }) => client.lists.delete(id),
  'lists.start': (client, args) => client.lists.start(args['id'], without(args)),
  'lists.pause': (client, { id }) => client.lists.pause(id),
  'lists.resume': (client, args) => client.lists.resume(args['id'], without(args)),
  'lists.cancel': (client, { id }) => client.lists.cancel(id),
  'lists.retry_unknowns': (client, args) => client.lists.retryUnknowns(args['id'], without(args)),
  'lists.results': (client, args) => collect(client.lists.results(args['id'], without(args)), args),
  'lists.download': async (client, args) => ({
    text: await new Response(await client.lists.download(args['id'], without(args))).text(),
  }),
  'lists.wait': waitForList,
  'lists.verify': verifyList,
  'credits.get': (client) => client.credits.get(),
  'credits.ledger': (client, args) => collect(client.credits.ledger(without(args)), args),
  usage: (client, args) => client.usage(args),
  'feedback.report': (client, args) => client.feedback.report(args as never),
  'feedback.report_many': (client, { items }) => client.feedback.reportMany(items),
  'reasons.list': (client) => client.reasons(),
  'domains.get': (client, { domain }) => client.domain(domain),
  openapi: (client) => client.openapi(),
  'keys.create': (client, args) => client.keys.create(args as never),
  'keys.list': (client) => client.keys.list(),
  'keys.get': (client, { id }) => client.keys.get(id),
  'keys.update': (client, args) => client.keys.update(args['id'], without(args)),
  'keys.revoke': (client, { id }) => client.keys.revoke(id),
  'keys.rotate': (client, args) => client.keys.rotate(args['id'], without(args)),
  'webhooks.create': (client, args) => client.webhooks.create(args as never),
  'webhooks.list': (client) => client.webhooks.list(),
  'webhooks.get': (client, { id }) => client.webhooks.get(id),
  'webhooks.update': (client, args) => client.webhooks.update(args['id'], without(args)),
  'webhooks.delete': (client, { id }) => client.webhooks.delete(id),
  'webhooks.rotate_secret': (client, { id }) => client.webhooks.rotateSecret(id),
  'webhooks.test': (client, { id, event }) => client.webhooks.test(id, event),
  'webhooks.deliveries': (client, args) => collect(client.webhooks.deliveries(args['id'], without(args)), args),
  'webhooks.replay': (client, { id, delivery_id: deliveryId }) => client.webhooks.replay(id, deliveryId),
  'webhooks.unwrap': (_, { payload, headers, secret }) => unwrapWebhook(payload, headers, secret),
};

/** `RateLimitError` → `rate_limit`. */
const typeOf = ({ name }: Error): string =>
  name
    .replace(/Error$/, '')
    .replaceAll(/(?<=[a-z])([A-Z])/g, '_$1')
    .toLowerCase();

function toFailure(error: unknown): object {
  if (!(error instanceof Error)) return { type: String(error) };
  const own = { type: typeOf(error), message: error.message };
  if (error instanceof ListError) return { ...own, code: error.code };
  if (!(error instanceof ApiError)) return { ...own, cause: String(error.cause) };
  const { code, status, requestId, retryAfterS, fields } = error;
  return { ...own, code, status, request_id: requestId, retry_after_s: retryAfterS, fields };
}

async function perform(line: string): Promise<object> {
  const {
    op,
    args,
    client: {
      api_key: apiKey,
      base_url: baseUrl,
      timeout_ms: timeoutMs,
      total_timeout_ms: totalTimeoutMs,
      max_retries: maxRetries,
    },
  } = JSON.parse(line);
  const options = Object.entries({ apiKey, baseUrl, timeoutMs, totalTimeoutMs, maxRetries }).filter(
    ([, value]) => value !== undefined,
  );
  try {
    const operation = OPERATIONS[op];
    if (!operation) throw new Error(`no operation ${op}`);
    return { value: (await operation(new EmailVerifier(Object.fromEntries(options)), args)) ?? null };
  } catch (error) {
    return { error: toFailure(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await perform(line)));
