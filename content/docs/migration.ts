// One migration guide per service: the base URL that accepts their client unchanged, how their words map to ours, and what to change in a
// program that moves to our API. The words are those that the drop-in endpoints return.
import { migrationPathOf } from '../compare/comparisons';
import { emailable } from '../compare/emailable';
import { kickbox } from '../compare/kickbox';
import { neverbounce } from '../compare/neverbounce';
import { reacher } from '../compare/reacher';
import { zerobounce } from '../compare/zerobounce';
import type { Comparison } from '../compare/comparison';
import { KICKBOX_CODES } from '@/lib/compat/rules/kickbox';
import { NEVERBOUNCE_CODES } from '@/lib/compat/rules/neverbounce';
import { REACHER_FACTS } from '@/lib/compat/rules/reacher';
import { ZEROBOUNCE_CODES } from '@/lib/compat/rules/zerobounce';
import { REASONS, statusOf, type Reason } from '@/lib/verdict/verdict';
import {
  CALLBACK_EXTRA_MAX_BYTES,
  CALLBACK_ROWS_AT_ONCE,
  CALLBACK_ROWS_MAX,
  CALLBACK_ROWS_WAITING_MAX,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { list, recipe, table, text, type DocsPage, type RecipeName } from './docs-page';
import { pathOfReason } from './reasons';

interface Service {
  comparison: Comparison;
  recipe: RecipeName;
  /** Their base URL and ours. The paths after them are the same. */
  bases: readonly (readonly [theirs: string, ours: string])[];
  key: string;
  /** What works in their format, and what does not. */
  served: readonly string[];
  /** The fields of their answers that hold their words. */
  field: string;
  wordOf: (reason: Reason) => string;
  changes: readonly (readonly [theirs: string, ours: string])[];
  differences: readonly string[];
}

const BEARER = '`Authorization: Bearer evk_live_…`';
const SINGLE = '`POST /v1/verify/single` with `email`';
const FILES = '`POST /v1/lists`, then `GET /v1/lists/{id}` and its results or download';
const CALLBACK = 'a signed [webhook](/docs/webhooks) of the workspace';
/** For a field in which a call names a callback address. */
const callbacks = (field: string, told: string): string =>
  `${field} is called in their format ${told}. A failed call is repeated for two days, and a private address is never called. Like theirs, the call is unsigned. If you need signatures, use a [webhook](/docs/webhooks).`;

const slashed = (...words: readonly string[]): string => words.filter((word) => word !== '').join('/');
const kickboxWord = (reason: Reason): string => slashed(...KICKBOX_CODES[reason]);

const SERVICES: readonly Service[] = [
  {
    comparison: zerobounce,
    recipe: 'from-zerobounce.sh',
    bases: [
      ['https://api.zerobounce.net/v2', '/compat/zerobounce/v2'],
      ['https://bulkapi.zerobounce.net/v2', '/compat/zerobounce/v2'],
    ],
    key: 'Put our key where theirs was: `api_key` in the query, the form or the body.',
    served: [
      'Supported calls: `validate`, `validatebatch`, `getcredits`, `getapiusage`, `sendfile`, `filestatus`, `getfile` and `deletefile`.',
      'Their test addresses at `example.com` work with a test key: `invalid@example.com` is `invalid`, `greylisted@example.com` is `unknown`.',
      'Names, places and the age of a domain are in the answer but null, because we do not know them. `activity` finds nothing, for the same reason.',
      'Scoring, finding addresses and searching domains are not offered. Those calls get 404, in their format.',
      callbacks('`return_url`', 'when a file is done'),
    ],
    field: 'status/sub_status',
    wordOf: (reason) => slashed(...ZEROBOUNCE_CODES[reason]),
    changes: [
      ['`api_key` in the query or the body', BEARER],
      ['`GET /v2/validate`', SINGLE],
      ['`POST /v2/validatebatch`', '`POST /v1/verify/batch` with `emails`, which creates a list'],
      ['`sendfile`, `filestatus`, `getfile`, `deletefile`', FILES],
      ['`GET /v2/getcredits`', '`GET /v1/credits`'],
      ['`timeout`, in seconds', '`timeout_ms`'],
    ],
    differences: [
      'A catch-all answer costs nothing here, and has a `grade`.',
      'There is no `spamtrap` and no `abuse`: asking a mail server reveals neither, so we do not claim to know.',
      'Errors have a `code`, and calls that spend credits accept an `Idempotency-Key`.',
    ],
  },
  {
    comparison: neverbounce,
    recipe: 'from-neverbounce.sh',
    bases: [['https://api.neverbounce.com/v4.2', '/compat/neverbounce/v4.2']],
    key: 'Put our key where theirs was: `key` in the query or the body.',
    served: [
      'Supported calls: `single/check`, `jobs/create`, `parse`, `start`, `status`, `results`, `search`, `download` and `delete`, and `account/info`.',
      'Errors are HTTP 200 with their `status` in the body, as their clients expect.',
      'Results and downloads accept their filters (`valids`, `only_duplicates` and so on), and downloads accept their options to append columns.',
      'Send the file in the call. Files at a URL (`remote_url`) are refused: the server fetches nothing for a client.',
      'A free sample (`run_sample`) is refused rather than run in full. Here, a list has its quote before you start it.',
      callbacks(
        '`callback_url`, with its `callback_headers`,',
        'when a job has been read, while it runs, and when it ends or fails',
      ),
    ],
    field: 'result (flags)',
    wordOf: (reason) => {
      const { result, flags } = NEVERBOUNCE_CODES[reason];
      return flags.length === 0 ? result : `${result} (${flags.join(', ')})`;
    },
    changes: [
      ['`key` in the query or the body', BEARER],
      ['`/single/check`', SINGLE],
      ['`/jobs/create`, `parse`, `start`, `status`, `results`, `download`, `delete`', FILES],
      ['`/account/info`', '`GET /v1/credits`'],
      ['`callback_url` of a job', CALLBACK],
    ],
    differences: [
      'Errors have a matching HTTP status, instead of 200 with another `status` in the body.',
      'Duplicates, malformed addresses and unknown answers are free in single checks as well.',
    ],
  },
  {
    comparison: kickbox,
    recipe: 'from-kickbox.sh',
    bases: [['https://api.kickbox.com/v2', '/compat/kickbox/v2']],
    key: 'Put our key where theirs was: `apikey` in the query, or `Authorization` with `token` or `Bearer`.',
    served: [
      'Supported calls: `verify`, `verify-batch` (a CSV by PUT, streamed) and `balance`.',
      'The names of their sandbox work with a test key: `rejected-email@…`, `accept-all@…`, `insufficient-balance@…`, also after a `+`.',
      'A wrong key and an empty balance both get 403, as at Kickbox.',
      'The file of a batch has the fields of a single answer as its columns: `result`, `reason`, `sendex` and so on.',
      callbacks('`X-Kickbox-Callback`', 'when a batch is done'),
    ],
    field: 'result/reason',
    wordOf: kickboxWord,
    changes: [
      ['`apikey`, `Bearer` or `token`', BEARER],
      ['`GET /v2/verify`', SINGLE],
      ['`PUT /v2/verify-batch`', FILES],
      ['`/v2/balance`', '`GET /v1/credits`'],
      ['`X-Kickbox-Callback`', CALLBACK],
      ['test addresses such as `rejected-email@…`', 'a test key and [magic addresses](/docs/test-mode), in lists as well'],
    ],
    differences: [
      '`sendex` (0 to 1) becomes `score` (0 to 100), which is null if there is no basis for an estimate.',
      'A bad key gets 401, and an empty balance 402.',
    ],
  },
  {
    comparison: emailable,
    recipe: 'from-emailable.sh',
    bases: [['https://api.emailable.com/v1', '/compat/emailable/v1']],
    key: 'Put our key where theirs was: `Authorization: Bearer`, or `api_key`.',
    served: [
      'Supported calls: `verify` by GET and POST, `batch` and `account`.',
      'If the answer takes longer, you get 249: ask again. The same question is charged once.',
      'Names and gender are in the answer but null: we do not guess them.',
      callbacks('`url`', 'when a batch is done, with its results'),
    ],
    field: 'state/reason',
    wordOf: kickboxWord,
    changes: [
      ['`Bearer` with their key', BEARER],
      ['`GET /v1/verify`', SINGLE],
      ['`POST /v1/batch` with `emails` joined by commas', '`POST /v1/verify/batch` with `emails` as an array'],
      ['`GET /v1/account`', '`GET /v1/credits`'],
      ['249: ask again', '202 `pending` with a `poll_url`, and `verification.updated` by [webhook](/docs/webhooks)'],
    ],
    differences: [
      'A duplicate in a list is a row that names the row verified in its place.',
      'We do not guess names and gender.',
    ],
  },
  {
    comparison: reacher,
    recipe: 'from-reacher.sh',
    bases: [['https://your-reacher-host', '/compat/reacher']],
    key: 'Put our key in the header `Authorization`, alone or after `Bearer`, or in `x-reacher-secret`.',
    served: [
      'Supported calls: `v0/check_email`, `v1/check_email`, and `v1/bulk` with its status and results.',
      'Settings of their engine, such as a proxy or a HELO name, have no effect, because our server does the asking.',
      callbacks(
        '`webhook.on_each_email` of a bulk job',
        'for each address as soon as it has its verdict, with your `headers` and `extra`',
      ),
      `A job with a webhook can have ${formatCount(CALLBACK_ROWS_MAX)} addresses, and \`extra\` ${formatCount(CALLBACK_EXTRA_MAX_BYTES)} bytes. Only a 2xx answer counts as received. We make ${CALLBACK_ROWS_AT_ONCE} calls at a time, and start no new ones while ${CALLBACK_ROWS_WAITING_MAX} wait to be repeated. A call may arrive twice. Answer 410 to end them.`,
    ],
    field: 'is_reachable',
    wordOf: (reason) => REACHER_FACTS[reason].reachable,
    changes: [
      ['the header that your installation asks for', BEARER],
      ['`POST /v0/check_email`, `POST /v1/check_email` with `to_email`', SINGLE],
      ['`POST /v1/bulk`, `GET /v1/bulk/{id}`', FILES],
      ['`webhook` of a bulk job', CALLBACK],
      ['`syntax`, `mx`, `smtp`, `misc` in the answer', '`layers`, `flags` and `evidence`'],
    ],
    differences: [
      'The reason of an unknown answer says why, and the address is retried automatically if time may bring an answer.',
      'You can [self-host](/docs/self-hosting) it as well.',
    ],
  },
];

/** The pages on which the facts about a service were read, each once. */
function sourcesOf({ facts, better }: Comparison) {
  const sources = [...Object.values(facts), ...better].map(({ source }) => source);
  return [...new Map(sources.map((source) => [source.url, source])).values()];
}

function guideOf({ comparison, ...service }: Service): DocsPage {
  const { name, path } = comparison;
  return {
    path: migrationPathOf(comparison),
    label: name,
    title: `Move from ${name}`,
    description: `Change the base URL and your ${name} client works here. How their words map to our reasons, and what to change to move to our API.`,
    updated: '2026-11-29',
    lead: `Your ${name} client works here once you change its base URL and its key. Move to our API when you want the evidence.`,
    sections: [
      {
        id: 'base-url',
        heading: 'Change the base URL',
        blocks: [
          table(
            'Base URLs',
            [name, 'Here, after the address of this site'],
            service.bases.map(([theirs, ours]) => [`\`${theirs}\``, `\`${ours}\``]),
          ),
          text(service.key),
          recipe(service.recipe, `A call in the format of ${name}`),
          list(...service.served),
          text(
            'The header `X-EV-Reason` has our reason, which often says more than their word. [Limits](/docs/limits), scopes, prices and [`Idempotency-Key`](/docs/idempotency) are those of our API.',
          ),
        ],
      },
      {
        id: 'words',
        heading: 'Map their words to ours',
        blocks: [
          text(
            'Map by the reason, not by the status: services disagree about statuses. A full mailbox, for example, is risky here.',
          ),
          table(
            `Words of ${name}`,
            [`${name}: ${service.field}`, 'Reason here', 'Status here'],
            REASONS.map((reason) => [
              `\`${service.wordOf(reason)}\``,
              `[\`${reason}\`](${pathOfReason(reason)})`,
              `\`${statusOf(reason)}\``,
            ]),
          ),
        ],
      },
      {
        id: 'calls',
        heading: 'Move to our API',
        blocks: [table('Calls', [name, 'Here'], service.changes), list(...service.differences)],
      },
      {
        id: 'compare',
        heading: 'Compare',
        blocks: [text(`Prices, answers and promises side by side: [${name} compared](${path}).`)],
      },
    ],
    sources: sourcesOf(comparison),
  };
}

export const migrationGuides: readonly DocsPage[] = SERVICES.map(guideOf);
