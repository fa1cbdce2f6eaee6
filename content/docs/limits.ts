import { PAID_PLANS, PLANS, type PlanId } from '@/lib/accounts/rules/plans';
import { bytesWords } from '@/lib/lists/rules/storage';
import {
  API_BODY_MAX_BYTES,
  API_KEY_FAILURES,
  API_KEYS_A_WORKSPACE,
  API_READS,
  BATCH_MAX_EMAILS,
  BLOCKLIST_ENTRIES_A_WORKSPACE,
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
    'How many calls per second each plan allows, how large a list, a body or a page can be, and how to read the rate-limit headers.',
  updated: '2026-11-30',
  lead: 'Every limit of the API. This page is generated from the values that the product enforces, so it is always up to date.',
  sections: [
    {
      id: 'plans',
      heading: 'By plan',
      blocks: [
        table(
          'Limits by plan',
          ['Limit', ...COLUMNS.map((plan) => PLANS[plan].name)],
          [
            byPlan('Verification calls per second', ({ verifyingCalls }) => formatCount(verifyingCalls.aSecond)),
            byPlan('Burst of verification calls', ({ verifyingCalls }) => formatCount(verifyingCalls.burst)),
            byPlan('Free answers per day', ({ freeAnswersADay }) => formatCount(freeAnswersADay)),
            byPlan('Lists kept', ({ keeps }) => formatCount(keeps.lists)),
            byPlan('Rows kept', ({ keeps }) => formatCount(keeps.rows)),
            byPlan('Storage for lists', ({ keeps }) => bytesWords(keeps.bytes)),
          ],
        ),
        text(
          `Each key has its own rate-limit buckets, so your programs don’t use up each other’s calls. Read-only calls have a separate bucket, the same on every plan: ${API_READS.aSecond} per second, with a burst of ${API_READS.burst}.`,
        ),
      ],
    },
    {
      id: 'headers',
      heading: 'Rate-limit headers',
      blocks: [
        text('Each answer reports the state of the bucket that the call was counted against:'),
        code('text', 'Headers', 'RateLimit-Policy: "verify";q=100;w=10\nRateLimit: "verify";r=99;t=1'),
        list(
          '`q` is the number of calls the bucket holds. It refills in `w` seconds.',
          '`r` is the number of calls left. The next one becomes available in `t` seconds.',
          'Calls beyond the limit get 429 [`rate_limited`](/docs/errors#rate_limited) with `Retry-After`. The SDKs wait and try again.',
          `After ${API_KEY_FAILURES.points} calls with keys that do not exist, more such calls from the same IP address are refused for up to ${API_KEY_FAILURES.durationS} seconds.`,
        ),
      ],
    },
    {
      id: 'sizes',
      heading: 'Sizes',
      blocks: [
        table(
          'Sizes',
          ['Item', 'Maximum'],
          [
            ['Path, query and headers of a call', bytesWords(REQUEST_HEAD_MAX_BYTES)],
            ['JSON body of a call', bytesWords(API_BODY_MAX_BYTES)],
            ['Addresses in a batch', formatCount(BATCH_MAX_EMAILS)],
            ['Outcomes in one feedback call', formatCount(FEEDBACK_MAX_ITEMS)],
            ['`metadata`', `${formatCount(METADATA_MAX_BYTES)} bytes`],
            ['Entries on a page', formatCount(PAGE_SIZE_MAX)],
            ['List file', bytesWords(LIST_FILE_MAX_BYTES)],
            ['List file, unpacked', bytesWords(LIST_UNPACKED_MAX_BYTES)],
            ['Rows in a list', formatCount(LIST_ROWS_MAX)],
            ['Rows in a list of a test key', formatCount(TEST_LIST_ROWS_MAX)],
            ['Columns in a list', formatCount(LIST_COLUMNS_MAX)],
            ['Lists in progress at once', formatCount(LISTS_AT_WORK_A_WORKSPACE)],
            ['Keys in a workspace', formatCount(API_KEYS_A_WORKSPACE)],
            ['Webhooks in a workspace', formatCount(WEBHOOKS_A_WORKSPACE)],
            ['Entries of a workspace’s blocklist', formatCount(BLOCKLIST_ENTRIES_A_WORKSPACE)],
          ],
        ),
      ],
    },
  ],
};
