// The error types. Everything thrown here is an EmailVerifierError. A refusal by the API is an ApiError, with the code, the status and the
// request id that support asks for.
import type { EmailList } from './models.js';

export class EmailVerifierError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The client's settings are invalid. */
export class ConfigurationError extends EmailVerifierError {}

/** The API could not be reached, or the connection broke. */
export class ConnectionError extends EmailVerifierError {}

/** No answer within the time allowed. */
export class TimeoutError extends ConnectionError {}

/** A webhook that we did not send, that was changed in transit, or that is too old. */
export class WebhookSignatureError extends EmailVerifierError {}

/** A list that did not complete: it failed, was canceled, or is paused. */
export class ListError extends EmailVerifierError {
  constructor(
    message: string,
    /** `no_email_column`, `out_of_credits`, `cancelled` … */
    readonly code: string,
    readonly list: EmailList,
  ) {
    super(message);
  }
}

export interface ApiErrorFacts {
  status: number;
  code: string;
  message: string;
  requestId: string | null;
  retryAfterS: number | null;
  fields: Record<string, string>;
}

export class ApiError extends EmailVerifierError {
  readonly status: number;
  /** A stable code for programs; the message is for people. */
  readonly code: string;
  readonly requestId: string | null;
  /** Seconds to wait before retrying. */
  readonly retryAfterS: number | null;
  /** What is wrong with each field. */
  readonly fields: Record<string, string>;

  constructor({ status, code, message, requestId, retryAfterS, fields }: ApiErrorFacts) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryAfterS = retryAfterS;
    this.fields = fields;
  }
}

/** A response that is not in the API's format, usually from a proxy in between. */
export class MalformedAnswerError extends ApiError {}
/** 400, 413, 415, 422. */
export class InvalidRequestError extends ApiError {}
/** 401. */
export class AuthenticationError extends ApiError {}
/** 402: there are no credits, or the key's budget is used up. */
export class PaymentRequiredError extends ApiError {}
/** 403. */
export class PermissionDeniedError extends ApiError {}
/** 404. */
export class NotFoundError extends ApiError {}
/** 409. */
export class ConflictError extends ApiError {}
/** 429. */
export class RateLimitError extends ApiError {}
/** 500 and above. */
export class ServerError extends ApiError {}

const BY_STATUS: Readonly<Record<number, typeof ApiError>> = {
  401: AuthenticationError,
  402: PaymentRequiredError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
};

/** Builds the error from an unsuccessful response, whose body may be anything. */
export function toApiError(response: Response, text: string): ApiError {
  const { status, headers } = response;
  const body = parseObject(text);
  const ErrorType = BY_STATUS[status] ?? (status >= 500 ? ServerError : InvalidRequestError);
  return new ErrorType({
    status,
    code: textOf(body.code) ?? `http_${status}`,
    message: textOf(body.detail) ?? textOf(body.title) ?? `The API answered ${status}.`,
    requestId: textOf(body.request_id) ?? headers.get('x-request-id'),
    retryAfterS: readRetryAfter(headers.get('retry-after')),
    fields: fieldsOf(body.errors),
  });
}

/** Seconds, or a date (RFC 9110 10.2.3). */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, (at - Date.now()) / 1_000);
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function fieldsOf(errors: unknown): Record<string, string> {
  const items = Array.isArray(errors) ? errors.filter(isRecord) : [];
  return Object.fromEntries(items.map(({ field, detail }) => [String(field), String(detail)]));
}
