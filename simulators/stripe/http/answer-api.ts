// Answers one API call: checks the key, the API version and whether the same call was answered before, then runs the call. Its changes are
// durable before its answer is sent.
import { createHash } from 'node:crypto';
import Stripe from 'stripe';
import { newStripeId } from '../ids';
import type { World } from '../world';
import { expanded } from './expand';
import { invalid, Problem, type StripeError } from './problem';
import { readForm } from './read-form';
import { findRoute, type Route } from './route';

export interface ApiRequest {
  method: string;
  path: string;
  /** The query string, or the body. */
  form: string;
  headers: Readonly<Record<string, string | undefined>>;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** How long the answer to an idempotency key is repeated. */
export const KEPT_S = 86_400;

interface Api {
  world: World;
  routes: readonly Route[];
  secretKey: string;
}

export function answerApi(api: Api, request: ApiRequest): ApiAnswer {
  const headers = {
    'Content-Type': 'application/json',
    'Request-Id': newStripeId('req', 14),
    'Stripe-Version': Stripe.API_VERSION,
  };
  try {
    check(request, api.secretKey);
    const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
    if (key === undefined) return { status: 200, headers, body: run(api, request) };
    return once(api, request, { key, headers });
  } catch (error) {
    if (error instanceof Problem) return { status: error.status, headers, body: errorBody(error.body) };
    throw error;
  } finally {
    api.world.store.commit();
  }
}

const errorBody = (error: StripeError): string => JSON.stringify({ error });

function check({ headers }: ApiRequest, secretKey: string): void {
  if (headers.authorization !== `Bearer ${secretKey}`) {
    throw new Problem(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
  }
  const version = headers['stripe-version'];
  if (version !== undefined && version !== Stripe.API_VERSION) {
    throw invalid(`The stand-in speaks version ${Stripe.API_VERSION} only, not ${version}.`);
  }
}

function run({ world, routes }: Api, { method, path, form }: ApiRequest): string {
  const found = findRoute(routes, method, path);
  if (found === null) {
    throw new Problem(404, {
      type: 'invalid_request_error',
      message: `The stand-in does not know this call (${method}: ${path}).`,
    });
  }
  const given = readForm(form);
  const result = found.route.run(world, given, found.id);
  const paths = Array.isArray(given.expand) ? given.expand.filter((item) => typeof item === 'string') : [];
  return JSON.stringify(expanded(world.store, result, paths));
}

/** The same key gets the same answer, including a refusal that resulted from running the call. */
function once(api: Api, request: ApiRequest, { key, headers }: { key: string; headers: Record<string, string> }): ApiAnswer {
  const { store, now } = api.world;
  const fingerprint = createHash('sha256').update(`${request.method} ${request.path}\n${request.form}`).digest('hex');
  const kept = store.find('keptAnswer', key);
  if (kept !== null && now() - kept.createdAt < KEPT_S) {
    if (kept.fingerprint !== fingerprint) {
      throw new Problem(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    }
    const replayed = { ...headers, 'Idempotency-Key': key, 'Idempotent-Replayed': 'true' };
    return { status: kept.status, headers: replayed, body: kept.body };
  }
  const { status, body } = attempt(api, request);
  store.put('keptAnswer', { id: key, fingerprint, status, body, createdAt: now() });
  return { status, headers: { ...headers, 'Idempotency-Key': key }, body };
}

function attempt(api: Api, request: ApiRequest): { status: number; body: string } {
  try {
    return { status: 200, body: run(api, request) };
  } catch (error) {
    // A call that never started (a wrong parameter) is not remembered.
    if (!(error instanceof Problem) || error.body.type !== 'card_error') throw error;
    return { status: error.status, body: errorBody(error.body) };
  }
}
