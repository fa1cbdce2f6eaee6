import { PAID_PLANS, PLANS, type PlanId } from '@/lib/accounts/rules/plans';
import { bytesWords } from '@/lib/lists/rules/storage';
import {
  API_BODY_MAX_BYTES,
  API_KEY_FAILURES,
  API_KEYS_A_WORKSPACE,
  API_READS,
  BATCH_MAX_EMAILS,
  FEEDBACK_MAX_ITEMS,
  LIST_COLUMNS_MAX,
  LIST_FILE_MAX_BYTES,
  LIST_ROWS_MAX,
  LIST_UNPACKED_MAX_BYTES,
  LISTS_AT_WORK_A_WORKSPACE,
  METADATA_MAX_BYTES,
  PAGE_SIZE_MAX,
  REQUEST_HEAD_MAX_BYTES,
  TEST_LIST_ROWS_MAX,
  WEBHOOKS_A_WORKSPACE,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { code, list, table, text, type DocsPage } from './docs-page';

const COLUMNS: readonly PlanId[] = ['free', ...PAID_PLANS];
const byPlan = (label: string, read: (plan: (typeof PLANS)[PlanId]) => string): readonly string[] => [
  label,
  ...COLUMNS.map((plan) => read(PLANS[plan])),
];

export const limits: DocsPage = {
  path: '/docs/limits',
  label: 'Limits',
  title: 'Limits',
  description:
    'How many calls a second each plan allows, what a list, a body or a page may hold, and how to read the headers that say what is left.',
  updated: '2026-11-29',
  lead: 'Every limit of the API. This page is made from the same table that the product obeys, so it is never behind.',
  sections: [
    {
      id: 'plans',
      heading: 'By plan',
      blocks: [
        table(
          'Limits by plan',
          ['Limit', ...COLUMNS.map((plan) => PLANS[plan].name)],
          [
            byPlan('Verifying calls a second', ({ verifyingCalls }) => formatCount(verifyingCalls.aSecond)),
            byPlan('Burst of verifying calls', ({ verifyingCalls }) => formatCount(verifyingCalls.burst)),
            byPlan('Answers a day that cost nothing', ({ freeAnswersADay }) => formatCount(freeAnswersADay)),
            byPlan('Lists kept', ({ keeps }) => formatCount(keeps.lists)),
            byPlan('Rows kept', ({ keeps }) => formatCount(keeps.rows)),
            byPlan('Storage for lists', ({ keeps }) => bytesWords(keeps.bytes)),
          ],
        ),
        text(
          `Each key has buckets of its own: your programs don’t take calls from each other. Calls that only read have another, the same on every plan: ${API_READS.aSecond} a second, ${API_READS.burst} at once.`,
        ),
      ],
    },
    {
      id: 'headers',
      heading: 'What is left',
      blocks: [
        text('Each answer says how the bucket stands that the call was taken from:'),
        code('text', 'Headers', 'RateLimit-Policy: "verify";q=100;w=10\nRateLimit: "verify";r=99;t=1'),
        list(
          '`q` calls fit into the bucket, which fills in `w` seconds.',
          '`r` calls are left, and the next one comes back in `t` seconds.',
          'Past it the answer is 429 [`rate_limited`](/docs/errors#rate_limited) with `Retry-After`. The SDKs wait and go on.',
          `After ${API_KEY_FAILURES.points} calls with keys that do not exist, further ones from there are refused for up to ${API_KEY_FAILURES.durationS} seconds.`,
        ),
      ],
    },
    {
      id: 'sizes',
      heading: 'Sizes',
      blocks: [
        table(
          'Sizes',
          ['What', 'At most'],
          [
            ['Path, query and headers of a call', bytesWords(REQUEST_HEAD_MAX_BYTES)],
            ['Body of a call in JSON', bytesWords(API_BODY_MAX_BYTES)],
            ['Addresses of a batch', formatCount(BATCH_MAX_EMAILS)],
            ['Outcomes of one feedback call', formatCount(FEEDBACK_MAX_ITEMS)],
            ['`metadata`', `${formatCount(METADATA_MAX_BYTES)} bytes`],
            ['Entries of a page', formatCount(PAGE_SIZE_MAX)],
            ['File of a list', bytesWords(LIST_FILE_MAX_BYTES)],
            ['File of a list, unpacked', bytesWords(LIST_UNPACKED_MAX_BYTES)],
            ['Rows of a list', formatCount(LIST_ROWS_MAX)],
            ['Rows of a list of a test key', formatCount(TEST_LIST_ROWS_MAX)],
            ['Columns of a list', formatCount(LIST_COLUMNS_MAX)],
            ['Lists at work at once', formatCount(LISTS_AT_WORK_A_WORKSPACE)],
            ['Keys of a workspace', formatCount(API_KEYS_A_WORKSPACE)],
            ['Webhooks of a workspace', formatCount(WEBHOOKS_A_WORKSPACE)],
          ],
        ),
      ],
    },
  ],
};
