// The one table of errors: a closed set of codes, each with its HTTP status and a sentence that a customer may read. Expected refusals are
// returned as `Result`. Bugs throw and are caught once, at the edge. The cause stays internal and is only logged.

export const ERRORS = {
  invalid_request: { status: 400, title: 'The request is not valid.' },
  missing_key: { status: 401, title: 'An API key is required.' },
  invalid_key: { status: 401, title: 'This API key is not valid.' },
  unauthenticated: { status: 401, title: 'Please sign in.' },
  insufficient_credits: { status: 402, title: 'There are not enough credits for this.' },
  budget_exceeded: { status: 402, title: 'The budget of this key is used up.' },
  insufficient_scope: { status: 403, title: 'This API key may not do that.' },
  ip_not_allowed: { status: 403, title: 'This API key is locked to other IP addresses.' },
  origin_not_allowed: { status: 403, title: 'This API key is locked to other origins.' },
  quota_exceeded: { status: 403, title: 'This exceeds the plan’s storage.' },
  forbidden: { status: 403, title: 'This is not allowed.' },
  not_found: { status: 404, title: 'There is nothing here.' },
  method_not_allowed: { status: 405, title: 'This method is not supported here.' },
  idempotency_in_progress: { status: 409, title: 'A request with this Idempotency-Key is still running.' },
  list_status_conflict: { status: 409, title: 'The list’s status does not allow this.' },
  conflict: { status: 409, title: 'It has changed in the meantime.' },
  limit_reached: { status: 409, title: 'This workspace has reached a limit.' },
  gone: { status: 410, title: 'This no longer exists.' },
  file_too_large: { status: 413, title: 'The file is too large.' },
  payload_too_large: { status: 413, title: 'The request body is too large.' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported.' },
  unreadable_file: { status: 422, title: 'The file could not be read.' },
  no_email_column: { status: 422, title: 'No column of the file holds email addresses.' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used with a different request.' },
  rate_limited: { status: 429, title: 'Too many requests.' },
  head_too_large: { status: 431, title: 'The request’s headers are too large.' },
  internal_error: { status: 500, title: 'Something went wrong on our side.' },
  unavailable: { status: 503, title: 'The service is not available right now.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export interface AppErrorOptions {
  /** A sentence for this occurrence that a customer may read; defaults to the code's title. */
  detail?: string;
  /** Problems by field, for forms and problem+json. */
  fields?: Readonly<Record<string, string>>;
  /** Seconds until a retry makes sense. */
  retryAfterS?: number;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, string>>;
  readonly retryAfterS: number | null;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? ERRORS[code].title, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = options.fields ?? {};
    this.retryAfterS = options.retryAfterS ?? null;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

export type Result<T, E = AppError> = { ok: true; value: T } | { ok: false; error: E };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = (code: ErrorCode, options?: AppErrorOptions): { ok: false; error: AppError } => ({
  ok: false,
  error: new AppError(code, options),
});

/** Returns the value or throws the error, for callers that would only pass it on. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}

/** Quoted local parts (RFC 5321 4.1.2) may contain spaces. */
const ADDRESS = /(?:"[^"\n]{1,64}"|[^\s"'<>(),;:]+)@[^\s"'<>(),;:]+/g;
const LOGGED_MAX_CHARS = 4_000;

/** Formats an error for the log: bounded in length, and without email addresses. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replace(ADDRESS, '[address]').slice(0, LOGGED_MAX_CHARS);
}
