import { type ErrorCode, ERRORS } from '@/lib/platform/errors';
import { code, example, list, text, type DocsPage, type DocsSection } from './docs-page';

/** What each code means for a program, and what to do. A code without advice does not compile. */
const ADVICE: Record<ErrorCode, string> = {
  invalid_request:
    'Something in the path, the query or the body is not valid. `errors` names each field. Sending the same call again won’t help.',
  missing_key: 'Send the key as `Authorization: Bearer …` or as `X-API-Key`. See [Authentication](/docs/authentication).',
  invalid_key: 'The key does not exist, was revoked, or has expired. Check that you copied all of it, or create a new one.',
  unauthenticated: 'Pages of the app return this when a session has ended. Calls with a key never get it.',
  insufficient_credits:
    'Nothing was checked and nothing was charged. Buy credits or wait until next month, then send the call again.',
  budget_exceeded:
    'This key has spent its budget for the month. Raise the budget or use another key. The workspace may still have credits.',
  insufficient_scope:
    'The key lacks the scope that the call needs. Create a key that has it. The [reference](/docs/api) lists the scope of each call.',
  ip_not_allowed:
    'The key is locked to certain networks, and the call came from another one. If you use a proxy, check which address your calls come from.',
  origin_not_allowed:
    'A public key works only on pages from its allowed origins. Add the origin to the key, with its scheme and port.',
  quota_exceeded:
    'Your plan cannot store more lists, rows or bytes. Delete a list, shorten its retention, or choose a larger plan. See [Limits](/docs/limits).',
  forbidden: 'This key or this person is not allowed to make the call. Sending it again won’t help.',
  not_found:
    'The path does not exist, or the key’s workspace has nothing with this id. A live key does not see what a test key created.',
  method_not_allowed: 'The path exists, but not with this method. The `Allow` header lists the methods that it accepts.',
  idempotency_in_progress:
    'The first request with this `Idempotency-Key` is still running. Wait as long as `Retry-After` says, then send it again.',
  list_status_conflict:
    'The list’s status does not allow this: a completed list can’t be paused, for example. Read the list again before you decide what to do.',
  conflict: 'Someone else changed it between your read and your write. Read it again and repeat the change.',
  limit_reached:
    'The workspace already has the maximum number of keys or webhooks. Delete one that you don’t need. See [Limits](/docs/limits).',
  gone: 'It existed, but was deleted or has expired, such as a list past its retention. It can’t be restored.',
  file_too_large: 'The file, or its unpacked content, is larger than a list may be. Split it. See [Limits](/docs/limits).',
  payload_too_large: 'The body is larger than this call accepts. Send fewer addresses at a time, or upload a file.',
  unsupported_media_type: 'Send `application/json`. For an upload, send `multipart/form-data`.',
  unreadable_file: 'The upload is not a CSV, TSV, text or XLSX file, or it is damaged. `detail` says where reading stopped.',
  no_email_column: 'No column appears to hold addresses. Set `email_column` to its heading or its number, counting from 1.',
  idempotency_mismatch:
    'This `Idempotency-Key` was used for a different request within the last 24 hours. Use a new key for each new request.',
  rate_limited: 'Calls came faster than your plan allows. Wait as long as `Retry-After` says. See [Limits](/docs/limits).',
  head_too_large:
    'The path, the query and the headers are too large in total. Move long values into the body. See [Limits](/docs/limits#sizes).',
  internal_error:
    'Something went wrong on our side. Send the call again later, with the same `Idempotency-Key`. If the error persists, send us the `request_id`.',
  unavailable:
    'The service can’t answer right now, for example because a database is restarting. Wait as long as `Retry-After` says.',
};

const isErrorCode = (word: string): word is ErrorCode => Object.hasOwn(ERRORS, word);

const sectionOf = (errorCode: ErrorCode): DocsSection => ({
  id: errorCode,
  heading: errorCode,
  blocks: [text(`**${ERRORS[errorCode].status}. ${ERRORS[errorCode].title}** ${ADVICE[errorCode]}`)],
});

export const errors: DocsPage = {
  path: '/docs/errors',
  label: 'Errors',
  title: 'Errors',
  description:
    'Every API error by its code: its HTTP status, what it means for your program, and what to do next. Each code has its own anchor.',
  updated: '2026-11-29',
  lead: 'Errors are `application/problem+json` (RFC 9457). Branch on `code`, which is stable. Show `detail` to people, and include `request_id` when you contact us.',
  sections: [
    {
      id: 'shape',
      heading: 'What an error looks like',
      blocks: [
        code(
          'json',
          'An error',
          JSON.stringify(
            {
              type: 'urn:email-verifier:problem:insufficient_credits',
              title: ERRORS.insufficient_credits.title,
              status: ERRORS.insufficient_credits.status,
              detail: ERRORS.insufficient_credits.title,
              code: 'insufficient_credits',
              request_id: 'req_01KB7W6C8E1G4J7M0P3R6T9W2Z',
            },
            null,
            2,
          ),
        ),
        list(
          'If a retry makes sense, the body has `retry_after`, in seconds, and the answer has the header `Retry-After`.',
          '`errors` names each field that is wrong, with a sentence about it.',
          'An address that does not exist is not an error. It is an answer with status 200.',
        ),
      ],
    },
    {
      id: 'handle',
      heading: 'Handle an error',
      blocks: [
        text('With a test key, the address `http-402@example.com` returns this error, so you can test how you handle it:'),
        example('handle-errors', 'Handle an error'),
        text('The SDKs retry 429, 5xx and broken connections automatically, twice by default.'),
      ],
    },
    ...Object.keys(ERRORS).filter(isErrorCode).map(sectionOf),
  ],
};
