// Posts one signed event to a customer's URL. Guarantees: the address dialed was checked (the name is looked up once, all of its
// addresses must be allowed, and the connection is made to one of them, with the name's own SNI and Host); no redirect is followed; the
// whole attempt ends in time; no more of an answer is read than its limit. Never throws: failures are values.
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Resolver } from 'node:dns/promises';
import {
  WEBHOOK_ANSWER_KEPT_BYTES,
  WEBHOOK_ANSWER_MAX_BYTES,
  WEBHOOK_BODY_MAX_BYTES,
  WEBHOOK_TIMEOUT_MS,
} from '@/lib/platform/limits';
import type { Env } from '@/lib/platform/env';
import type { AttemptOutcome, DeliveryError, SendWebhook, WebhookRequest } from '@/lib/webhooks/rules';
import { createRoutability } from '../routability/routability';

export interface WebhookSenderDeps {
  resolve: ResolveName;
  guard: TargetGuard;
  timeoutMs?: number;
  /** Certificates to trust instead of the usual ones. */
  ca?: string;
}

type Told = Pick<AttemptOutcome, 'status' | 'error' | 'answer'>;

class Refused extends Error {
  constructor(readonly word: DeliveryError) {
    super(word);
  }
}

export function createWebhookSender(deps: WebhookSenderDeps): SendWebhook {
  const { timeoutMs = WEBHOOK_TIMEOUT_MS } = deps;
  return async (request) => {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(timeoutMs);
    const told = await attempt(request, deps, signal).catch((error: unknown): Told => ({
      status: null,
      error: wordOf(error, signal),
      answer: null,
    }));
    return { ...told, durationMs: Math.round(performance.now() - startedAt) };
  };
}

const wordOf = (error: unknown, signal: AbortSignal): DeliveryError => {
  if (error instanceof Refused) return error.word;
  return signal.aborted ? 'timeout' : failureWord(error);
};

async function attempt(request: WebhookRequest, deps: WebhookSenderDeps, signal: AbortSignal): Promise<Told> {
  if (Buffer.byteLength(request.body) > WEBHOOK_BODY_MAX_BYTES) throw new Refused('payload_too_large');
  const url = new URL(request.url);
  const addresses = await findAddresses(url, deps, signal);
  if (url.protocol !== 'https:' && !deps.guard.isPlainAllowed(addresses)) throw new Refused('https_required');
  const response = await post(request, { url, addresses, signal, ca: deps.ca });
  const status = response.statusCode ?? 0;
  const isRedirect = status >= 300 && status < 400;
  return { status, error: isRedirect ? 'redirected' : null, answer: await readBeginning(response) };
}

/** Refuses the URL if any of its addresses is refused, since we cannot know which one a connection will use. */
async function findAddresses(url: URL, { resolve, guard }: WebhookSenderDeps, signal: AbortSignal): Promise<string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await before(signal, lookUp(host, resolve)) : [host];
  if (addresses.length === 0) throw new Refused('name_not_found');
  if (!addresses.every((address) => guard.isDialable(address))) throw new Refused('private_address');
  return addresses;
}

const lookUp = (host: string, resolve: ResolveName): Promise<string[]> =>
  resolve(host).catch(() => Promise.reject(new Refused('lookup_failed')));

function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const giveUp = (): void => fail(new Refused('timeout'));
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

interface Dial {
  url: URL;
  addresses: readonly string[];
  signal: AbortSignal;
  ca: string | undefined;
}

function post({ headers, body }: WebhookRequest, { url, addresses, signal, ca }: Dial): Promise<http.IncomingMessage> {
  const options = {
    method: 'POST',
    headers: { ...headers, 'accept-encoding': 'identity', 'content-length': String(Buffer.byteLength(body)) },
    // Every request opens a new connection; a kept one would have been checked at another time.
    agent: false,
    lookup: answering(addresses),
    signal,
  } as const;
  return new Promise((done, fail) => {
    const request =
      url.protocol === 'https:'
        ? https.request(url, { ...options, ...(ca === undefined ? {} : { ca }) }, done)
        : http.request(url, options, done);
    request.on('error', fail);
    // Node would hand over the socket, but we did not ask to switch protocols.
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      fail(new Refused('not_http'));
    });
    request.end(body);
  });
}

/** Replaces the system's resolver, so that the connection uses the checked addresses and does not look the name up again. */
function answering(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_name, options, callback) => {
    if (options.all === true) return callback(null, all);
    callback(null, all[0]?.address ?? '', all[0]?.family ?? 4);
  };
}

/** The status is already known, so a body that breaks off or trickles past the deadline changes nothing. */
async function readBeginning(response: http.IncomingMessage): Promise<string> {
  const kept: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) break;
      if (size < WEBHOOK_ANSWER_KEPT_BYTES) kept.push(chunk.subarray(0, WEBHOOK_ANSWER_KEPT_BYTES - size));
      size += chunk.length;
      if (size > WEBHOOK_ANSWER_MAX_BYTES) break;
    }
  } catch {
    // The answer is what arrived by then.
  }
  response.destroy();
  // `stream` leaves out a character that was cut in two.
  return new TextDecoder().decode(Buffer.concat(kept), { stream: true });
}

/** Our word for errors of Node's sockets, TLS and HTTP parser. */
const WORDS: readonly { pattern: RegExp; word: DeliveryError }[] = [
  { pattern: /^(ABORT_ERR|ETIMEDOUT|UND_ERR_.*TIMEOUT)$/, word: 'timeout' },
  { pattern: /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/, word: 'tls_failed' },
  { pattern: /^HPE_/, word: 'not_http' },
  { pattern: /^(ECONNRESET|EPIPE|ECONNABORTED)$/, word: 'disconnected' },
];

/** Any other error means that no connection was made: refused, unreachable, no route. */
export function failureWord(error: unknown): DeliveryError {
  const code = codeOf(error);
  return WORDS.find(({ pattern }) => pattern.test(code))?.word ?? 'connect_failed';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'ABORT_ERR';
  return 'code' in error ? String(error.code) : '';
}

// Where a webhook's URL leads: all addresses of its host name, and which of them may be dialed.

/**
 * Asks the operator's resolvers or the system's, with its own timeout. `localhost` is this machine (RFC 6761 6.3) and is not looked up. An
 * empty answer means that the name does not exist or has no address. Rejects if no resolver gave an answer.
 */
type ResolveName = (name: string) => Promise<string[]>;

const TIMEOUT_MS = 2_500;
const TRIES = 2;
const MAX_ADDRESSES = 16;
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

export function createNameResolver(servers: readonly string[]): ResolveName {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    if (/(^|\.)localhost\.?$/i.test(name)) return ['127.0.0.1', '::1'];
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses.slice(0, MAX_ADDRESSES);
    const failure = answers.find((answer) => answer.status === 'rejected' && !isNothingThere(answer.reason));
    if (failure?.status === 'rejected') throw failure.reason;
    return [];
  };
}

const isNothingThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && NOTHING_THERE.has(String(error.code));

/**
 * Where a webhook may go: to public addresses, and to the operator's allowed networks (WEBHOOK_ALLOWED_PRIVATE_NETS). Plain http is allowed
 * only to allowed networks that are not public, and anywhere in local mode. Decided by the addresses that will be dialed, never by name.
 */
interface TargetGuard {
  isDialable(address: string): boolean;
  isPlainAllowed(addresses: readonly string[]): boolean;
}

export function createTargetGuard({ allowedNets, isLocal }: { allowedNets: readonly string[]; isLocal: boolean }): TargetGuard {
  const everybody = createRoutability([]);
  const ours = createRoutability(allowedNets);
  return {
    isDialable: (address) => ours.isDialable(address),
    isPlainAllowed: (addresses) =>
      isLocal || addresses.every((address) => ours.isDialable(address) && !everybody.isDialable(address)),
  };
}

/** Wires the webhook sender to its resolver and to the networks that the operator allows. */
export const composeWebhookSender = (
  settings: Pick<Env, 'APP_MODE' | 'DNS_SERVERS' | 'WEBHOOK_ALLOWED_PRIVATE_NETS'>,
): SendWebhook =>
  createWebhookSender({
    resolve: createNameResolver(settings.DNS_SERVERS),
    guard: createTargetGuard({ allowedNets: settings.WEBHOOK_ALLOWED_PRIVATE_NETS, isLocal: settings.APP_MODE === 'local' }),
  });
