// One guide a service that people come from: which of their words is which of ours, and what to change in a program.
import { REASONS, statusOf } from '@/lib/verdict/verdict';
import { list, table, text, type DocsPage } from './docs-page';
import { OTHER_WORDS, type Vocabulary } from './migration.data';
import { pathOfReason } from './reasons';

interface Service {
  slug: string;
  name: string;
  vocabulary: Vocabulary;
  /** What their words are called in their answers. */
  field: string;
  changes: readonly (readonly [theirs: string, ours: string])[];
  differences: readonly string[];
}

const BEARER = '`Authorization: Bearer evk_live_…`';
const SINGLE = '`POST /v1/verify/single` with `email`';
const FILES = '`POST /v1/lists`, then `GET /v1/lists/{id}` and its results or download';

const SERVICES: readonly Service[] = [
  {
    slug: 'zerobounce',
    name: 'ZeroBounce',
    vocabulary: 'zerobounce',
    field: 'status/sub_status',
    changes: [
      ['`api_key` in the query or the body', BEARER],
      ['`GET /v2/validate`', SINGLE],
      ['`POST /v2/validatebatch`', '`POST /v1/verify/batch` with `emails`, which makes a list'],
      ['`sendfile`, `filestatus`, `getfile`, `deletefile`', FILES],
      ['`GET /v2/getcredits`', '`GET /v1/credits`'],
      ['`timeout`, in seconds', '`timeout_ms`'],
    ],
    differences: [
      'A catch-all answer costs nothing here, and has a `grade`.',
      'There is no `spamtrap` and no `abuse`: neither can be seen by asking a mail server, so we do not claim it.',
      'Errors have a `code`, and calls that spend take an `Idempotency-Key`.',
    ],
  },
  {
    slug: 'neverbounce',
    name: 'NeverBounce',
    vocabulary: 'neverbounce',
    field: 'result (flag)',
    changes: [
      ['`key` in the query or the body', BEARER],
      ['`/single/check`', SINGLE],
      ['`/jobs/create`, `parse`, `start`, `status`, `results`, `download`, `delete`', FILES],
      ['`/account/info`', '`GET /v1/credits`'],
      ['`callback_url` of a job', 'a [webhook](/docs/webhooks) of the workspace, signed'],
    ],
    differences: [
      'Errors have their own HTTP status. There, they are HTTP 200 with another `status` in the body.',
      'A duplicate, a bad spelling or an unknown answer costs nothing in single checks as well.',
    ],
  },
  {
    slug: 'kickbox',
    name: 'Kickbox',
    vocabulary: 'kickbox',
    field: 'result/reason',
    changes: [
      ['`apikey`, `Bearer` or `token`', BEARER],
      ['`GET /v2/verify`', SINGLE],
      ['`PUT /v2/verify-batch`', FILES],
      ['`/v2/balance`', '`GET /v1/credits`'],
      ['`X-Kickbox-Callback`', 'a [webhook](/docs/webhooks) of the workspace, signed'],
      ['test addresses such as `rejected-email@…`', 'a test key and [magic addresses](/docs/test-mode), in lists as well'],
    ],
    differences: [
      '`sendex`, 0 to 1, is `score`, 0 to 100, and null where there is no basis for an estimate.',
      'A bad key is 401 and an empty balance 402. There, both are 403.',
    ],
  },
  {
    slug: 'emailable',
    name: 'Emailable',
    vocabulary: 'kickbox',
    field: 'state/reason',
    changes: [
      ['`Bearer` with their key', BEARER],
      ['`GET /v1/verify`', SINGLE],
      ['`POST /v1/batch` with `emails` joined by commas', '`POST /v1/verify/batch` with `emails` as an array'],
      ['`GET /v1/account`', '`GET /v1/credits`'],
      ['249: ask again', '202 `pending` with a `poll_url`, and `verification.updated` by [webhook](/docs/webhooks)'],
    ],
    differences: [
      'A duplicate of a list is a row that names the one that was verified for it.',
      'Names and gender are not guessed.',
    ],
  },
  {
    slug: 'reacher',
    name: 'Reacher',
    vocabulary: 'reacher',
    field: 'is_reachable (field that tells)',
    changes: [
      ['the header that your installation asks for', BEARER],
      ['`POST /v0/check_email`, `POST /v1/check_email` with `to_email`', SINGLE],
      ['`POST /v1/bulk`, `GET /v1/bulk/{id}`', FILES],
      ['`syntax`, `mx`, `smtp`, `misc` in the answer', '`layers`, `flags` and `evidence`'],
    ],
    differences: [
      'Unknown answers say why, by their reason, and are asked again by themselves where time may answer.',
      'It can be [self-hosted](/docs/self-hosting) as well.',
    ],
  },
];

const guideOf = ({ slug, name, vocabulary, field, changes, differences }: Service): DocsPage => ({
  path: `/docs/from-${slug}`,
  label: `From ${name}`,
  title: `Move from ${name}`,
  description: `Which word of ${name} is which reason of ours, which call replaces which, and what is different when you move a program over.`,
  updated: '2026-11-29',
  lead: `What to change in a program that uses ${name}, and what its words become. Theirs are as ${name}’s public documentation names them, read in November 2026.`,
  sections: [
    { id: 'calls', heading: 'Which call replaces which', blocks: [table('Calls', [name, 'Here'], changes)] },
    {
      id: 'words',
      heading: 'Which word is which',
      blocks: [
        text(
          'Map by our reason, not by the status: services disagree about statuses. A full mailbox, for example, is risky here.',
        ),
        table(
          `Words of ${name}`,
          [`${name}: ${field}`, 'Reason here', 'Status here'],
          REASONS.map((reason) => [
            `\`${OTHER_WORDS[reason][vocabulary]}\``,
            `[\`${reason}\`](${pathOfReason(reason)})`,
            `\`${statusOf(reason)}\``,
          ]),
        ),
        text('Where several reasons share one of their words, ours says more.'),
      ],
    },
    { id: 'different', heading: 'What is different', blocks: [list(...differences)] },
  ],
});

export const migrationGuides: readonly DocsPage[] = SERVICES.map(guideOf);
