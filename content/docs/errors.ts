import { type ErrorCode, ERRORS } from '@/lib/platform/errors';
import { code, example, list, text, type DocsPage, type DocsSection } from './docs-page';

/** What each code means for a program, and what to do. A code without its words does not compile. */
const ADVICE: Record<ErrorCode, string> = {
  invalid_request:
    'Something in the path, the query or the body is not as the call takes it. `errors` names each field. Sending it again changes nothing.',
  missing_key: 'Send the key as `Authorization: Bearer …` or as `X-API-Key`. See [Authentication](/docs/authentication).',
  invalid_key:
    'The key does not exist, was revoked, or has expired. Check that it was copied whole, and create another if it is gone.',
  unauthenticated: 'Said by pages of the app when the session is over. Calls with a key never get it.',
  insufficient_credits:
    'Nothing was checked and nothing was charged. Buy credits or wait for the next month, then send it again.',
  budget_exceeded:
    'This key has spent what it may in this month. Raise its budget or use another key. The workspace may still have credits.',
  insufficient_scope:
    'The key lacks the scope that the call names. Create a key that has it: the [reference](/docs/api) says which.',
  ip_not_allowed:
    'The key is locked to networks, and the call came from elsewhere. Behind a proxy, check which address it leaves from.',
  origin_not_allowed: 'A public key only works on pages of its origins. Add the origin to the key, with its scheme and port.',
  quota_exceeded:
    'The plan stores no more lists, rows or bytes. Delete a list, shorten its days, or take a larger plan. See [Limits](/docs/limits).',
  forbidden: 'The call is not for this key or this person. Sending it again changes nothing.',
  not_found:
    'There is no such path, or nothing with this id in the workspace of the key. A live key does not see what a test key made.',
  method_not_allowed: 'The path exists, and not with this method. The header `Allow` names those that it has.',
  idempotency_in_progress:
    'The first request with this `Idempotency-Key` is still running. Wait as long as `Retry-After` says and send it again.',
  list_status_conflict: 'The list can’t do that as it stands: a completed list can’t be paused. Read it again and decide anew.',
  conflict: 'Somebody else changed it between reading and writing. Read it again and repeat the change.',
  limit_reached:
    'A workspace has no more than so many keys or webhooks. Delete one that is not needed. See [Limits](/docs/limits).',
  gone: 'It existed and was deleted, or its time was over: a list after its days, for example. It does not come back.',
  file_too_large: 'The file, or what it unpacks to, is larger than a list may be. Split it. See [Limits](/docs/limits).',
  payload_too_large: 'The body of the call is larger than the call takes. Send fewer addresses at once, or upload a file.',
  unsupported_media_type: 'Send `application/json`; an upload is `multipart/form-data`.',
  unreadable_file: 'What was uploaded is no CSV, TSV, text or XLSX file, or is damaged. `detail` says where reading ended.',
  no_email_column: 'No column looks like addresses. Name it in `email_column`, by its heading or its number from 1.',
  idempotency_mismatch: 'This `Idempotency-Key` was used for another request within 24 hours. Use a new key for a new request.',
  rate_limited: 'Calls came faster than the plan allows. Wait as long as `Retry-After` says. See [Limits](/docs/limits).',
  head_too_large:
    'The path, the query and the headers are too large together. What is long belongs into the body. See [Limits](/docs/limits#sizes).',
  internal_error:
    'A mistake of ours. Send it again later, with the same `Idempotency-Key`; if it stays, tell us the `request_id`.',
  unavailable:
    'The service can’t answer at this moment, for example while a database restarts. Wait as long as `Retry-After` says.',
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
    'Every error of the API by its code: its HTTP status, what it means for your program, and what to do next. Each code has an anchor.',
  updated: '2026-11-29',
  lead: 'Errors are `application/problem+json` (RFC 9457). Decide by `code`, which is stable; show `detail` to people; give us `request_id`.',
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
          '`retry_after`, in seconds, stands there and in the header `Retry-After` where another try makes sense.',
          '`errors` names the fields that are wrong, each with a sentence.',
          'An address that does not exist is no error: it is an answer with status 200.',
        ),
      ],
    },
    {
      id: 'handle',
      heading: 'Handle an error',
      blocks: [
        text('The address `http-402@example.com` asks a test key for this error, so you can try your own handling:'),
        example('handle-errors', 'Handle an error'),
        text('The SDKs repeat 429, 5xx and broken connections by themselves, twice unless you say otherwise.'),
      ],
    },
    ...Object.keys(ERRORS).filter(isErrorCode).map(sectionOf),
  ],
};
