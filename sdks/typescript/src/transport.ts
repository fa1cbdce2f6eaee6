// Runs an API call: its attempts, their time limits, and when to retry. A call that spends credits carries an Idempotency-Key, the same on
// each attempt, so that a retry is never charged twice. A POST without one is retried only if it was refused before it began.
import { platform } from '#platform';
import { ApiError, ConfigurationError, ConnectionError, MalformedAnswerError, TimeoutError, toApiError } from './errors.js';
import type { Upload } from './upload.js';
import { VERSION } from './version.js';

export interface ClientOptions {
  /** Default: the environment variable `EMAIL_VERIFIER_API_KEY`. */
  apiKey?: string;
  /** Default: the environment variable `EMAIL_VERIFIER_BASE_URL`, else a product started with `npm start` on this machine. */
  baseUrl?: string;
  /** Time limit of one attempt; for an upload or download, the longest pause without data. Default 60,000. */
  timeoutMs?: number;
  /** Time limit of a whole call, including retries and waits. Default: none. */
  totalTimeoutMs?: number;
  /** Default 2. */
  maxRetries?: number;
  fetch?: typeof fetch;
}

export interface RequestOptions {
  idempotencyKey?: string;
  timeoutMs?: number;
  totalTimeoutMs?: number;
  maxRetries?: number;
  signal?: AbortSignal;
}

type QueryValue = string | number | boolean | readonly string[] | null | undefined;

export interface Call {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, QueryValue>> | undefined;
  json?: unknown;
  upload?: Upload;
  /** Whether the call gets an Idempotency-Key. */
  spends?: boolean;
  options?: RequestOptions | undefined;
}

interface Attempt {
  url: string;
  init: RequestInit;
  upload: Upload | undefined;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

const DEFAULT_BASE_URL = 'http://localhost:3000';
const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_MAX_RETRIES = 2;
const BACK_OFF_FIRST_MS = 500;
const BACK_OFF_MAX_MS = 8_000;
/** If the API asks for a longer wait than this, the call fails instead of waiting. */
const RETRY_AFTER_MAX_S = 60;

/** Browsers have no environment variables. */
const env = (name: string): string | undefined => (typeof process === 'undefined' ? undefined : process.env[name]);

/** Escapes one segment of a path. */
export const segment = (id: string): string => encodeURIComponent(id);

export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((done, stopped) => {
    const stop = () => {
      clearTimeout(timer);
      // eslint-disable-next-line typescript/prefer-promise-reject-errors -- the caller's own reason, whatever it is
      stopped(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      done();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });

export class Transport {
  private readonly options: ClientOptions;
  private readonly baseUrl: string;
  private readonly headers: Record<string, string>;

  constructor(options: ClientOptions) {
    const apiKey = options.apiKey ?? env('EMAIL_VERIFIER_API_KEY');
    if (!apiKey) throw new ConfigurationError('No API key: pass apiKey, or set EMAIL_VERIFIER_API_KEY.');
    if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new ConfigurationError('The API key has characters that no key has.');
    this.options = options;
    this.baseUrl = (options.baseUrl ?? env('EMAIL_VERIFIER_BASE_URL') ?? DEFAULT_BASE_URL).replace(/\/+$/, '');
    this.headers = {
      authorization: `Bearer ${apiKey}`,
      accept: 'application/json',
      // Browsers ignore this and send their own.
      'user-agent': `email-verifier-typescript/${VERSION}${platform.agent}`,
    };
  }

  /** Returns the response's JSON, which must be an object. */
  json<T>(call: Call): Promise<T> {
    return this.run(call, async (attempt) => {
      const response = await this.fetchOnce(attempt, (answer) => answer.text());
      return parseAnswer(response.head, response.body) as T;
    });
  }

  /** Streams the response body. */
  stream(call: Call): Promise<ReadableStream<Uint8Array>> {
    return this.run(call, async (attempt) => {
      const idle = new Countdown(attempt.timeoutMs, attempt.signal);
      try {
        const response = await this.open(attempt, idle);
        if (!response.ok) throw toApiError(response, await response.text());
        return guarded(response.body, idle);
      } catch (error) {
        idle.end();
        throw idle.explain(error);
      }
    });
  }

  private async run<T>(call: Call, once: (attempt: Attempt) => Promise<T>): Promise<T> {
    const {
      maxRetries = DEFAULT_MAX_RETRIES,
      totalTimeoutMs = Infinity,
      timeoutMs = DEFAULT_TIMEOUT_MS,
      signal,
    } = { ...this.options, ...call.options };
    const attempt = this.prepare(call);
    const isRepeatable = call.method !== 'POST' || attempt.hasKey;
    const endsAt = Date.now() + totalTimeoutMs;
    for (let retries = 0; ; retries++) {
      try {
        return await once({ ...attempt, timeoutMs: Math.min(timeoutMs, endsAt - Date.now()), signal });
      } catch (error) {
        const waitMs = retryAfter(error, { retries, isRepeatable, canReplay: call.upload?.canReplay ?? true });
        if (waitMs === null || retries >= maxRetries || Date.now() + waitMs >= endsAt) throw error;
        await sleep(waitMs, signal);
      }
    }
  }

  private prepare({ method, path, query, json, upload, spends = false, options }: Call) {
    const url = new URL(this.baseUrl + path);
    for (const [name, value] of Object.entries(query ?? {}))
      if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
    const key = spends ? (options?.idempotencyKey ?? platform.crypto.randomUUID()) : undefined;
    const headers: Record<string, string> = { ...this.headers, ...(key !== undefined && { 'idempotency-key': key }) };
    if (json !== undefined) headers['content-type'] = 'application/json';
    const init: RequestInit = { method, headers, ...(json !== undefined && { body: JSON.stringify(json) }) };
    return { url: url.href, init, upload, hasKey: key !== undefined };
  }

  private async fetchOnce<T>(attempt: Attempt, read: (response: Response) => Promise<T>): Promise<{ head: Response; body: T }> {
    const limit = new Countdown(attempt.timeoutMs, attempt.signal);
    try {
      const head = await this.open(attempt, limit);
      return { head, body: await read(head) };
    } catch (error) {
      throw limit.explain(error);
    } finally {
      limit.end();
    }
  }

  private open({ url, init, upload }: Attempt, limit: Countdown): Promise<Response> {
    const send = this.options.fetch ?? fetch;
    if (!upload) return send(url, { ...init, signal: limit.signal });
    const { body, headers } = upload.open(() => limit.restart());
    const streaming = body instanceof ReadableStream ? { duplex: 'half' } : {};
    return send(url, {
      ...init,
      ...streaming,
      body,
      headers: { ...(init.headers as Record<string, string>), ...headers },
      signal: limit.signal,
    });
  }
}

function parseAnswer(response: Response, text: string): object {
  if (!response.ok) throw toApiError(response, text);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Reported below.
  }
  throw new MalformedAnswerError({
    status: response.status,
    code: 'malformed_answer',
    message: `The answer is not what the API promises: ${text.slice(0, 200)}`,
    requestId: response.headers.get('x-request-id'),
    retryAfterS: null,
    fields: {},
  });
}

/** Milliseconds until the next attempt, or null for none. Exponential with full jitter, unless the API names a delay. */
function retryAfter(
  error: unknown,
  { retries, isRepeatable, canReplay }: { retries: number; isRepeatable: boolean; canReplay: boolean },
): number | null {
  const backOffMs = Math.random() * Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** retries);
  if (!canReplay) return null;
  if (error instanceof ConnectionError) return isRepeatable ? backOffMs : null;
  if (!(error instanceof ApiError) || error instanceof MalformedAnswerError) return null;
  const { status, code, retryAfterS } = error;
  const wasRefusedUnread = status === 429 || status === 503;
  // 409: an earlier attempt of this same request is still running.
  const isPassing = wasRefusedUnread || (isRepeatable && (status >= 500 || code === 'idempotency_in_progress'));
  if (!isPassing || (retryAfterS !== null && retryAfterS > RETRY_AFTER_MAX_S)) return null;
  return retryAfterS === null ? backOffMs : retryAfterS * 1_000;
}

/** Ends an attempt when its time is up or its caller aborts it. */
class Countdown {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOver = false;

  constructor(
    private readonly ms: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    if (caller?.aborted) this.stop();
    caller?.addEventListener('abort', this.stop);
    this.restart();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Restarts the timer, because data has moved. */
  restart(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.controller.abort();
    }, this.ms);
  }

  end(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.stop);
  }

  explain(error: unknown): unknown {
    if (error instanceof ApiError) return error;
    if (this.caller?.aborted) return this.caller.reason;
    if (this.isOver) return new TimeoutError(`No answer within ${Math.round(this.ms)} ms.`);
    return new ConnectionError('The API could not be reached, or the connection broke.', { cause: error });
  }

  private readonly stop = (): void => this.controller.abort();
}

/** Turns errors in the middle of a body into ours, and too long a pause into a timeout. */
function guarded(body: ReadableStream<Uint8Array> | null, idle: Countdown): ReadableStream<Uint8Array> {
  const reader = body?.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = reader ? await reader.read() : { done: true, value: undefined };
        idle.restart();
        if (value) controller.enqueue(value);
        if (!done) return;
        idle.end();
        controller.close();
      } catch (error) {
        idle.end();
        controller.error(idle.explain(error));
      }
    },
    async cancel(reason) {
      idle.end();
      await reader?.cancel(reason);
    },
  });
}
