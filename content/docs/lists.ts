import {
  BATCH_MAX_EMAILS,
  LIST_FILE_MAX_BYTES,
  LIST_RETENTION_DAYS,
  LIST_ROWS_MAX,
  UPLOAD_IDLE_MAX_MS,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { bytesWords } from '@/lib/lists/rules/storage';
import { LIST_STATUSES } from '@/lib/lists/rules/list';
import { LIST_STATUS_MEANING } from '@/components/lists/list-status-copy';
import { example, list, recipe, steps, table, text, type DocsPage } from './docs-page';

export const lists: DocsPage = {
  path: '/docs/lists',
  label: 'Verify a list',
  title: 'Verify a list',
  description:
    'Upload a file or send up to 1,000 addresses, see the quote before you pay, then start, watch, pause or cancel. With every status of a list.',
  updated: '2026-11-29',
  lead: 'A list is a file of addresses. We read and quote it first, and nothing is charged until you start it.',
  sections: [
    {
      id: 'upload',
      heading: 'Upload and verify',
      blocks: [
        example('verify-list', 'Verify a file'),
        list(
          `CSV, TSV, text or XLSX, optionally gzipped, with up to ${formatCount(LIST_ROWS_MAX)} rows and ${bytesWords(LIST_FILE_MAX_BYTES)}.`,
          'The address column is found by its content. To use another, set `email_column` to its heading or its number, counting from 1.',
          `An upload can take as long as it needs while bytes keep arriving. It is cut off after ${UPLOAD_IDLE_MAX_MS / 1_000} seconds without any.`,
          'Put the other form fields before the file. The [reference](/docs/api/lists#createList) lists them all.',
        ),
      ],
    },
    {
      id: 'batch',
      heading: 'Without a file',
      blocks: [
        text(
          `\`POST /v1/verify/batch\` takes up to ${formatCount(BATCH_MAX_EMAILS)} addresses as JSON and creates a list from them. \`ref\` and \`metadata\` are returned with each row.`,
        ),
        recipe('batch.sh', 'Verify a batch of addresses'),
      ],
    },
    {
      id: 'quote',
      heading: 'Quote, start, pay',
      blocks: [
        steps(
          'Upload without `start`. Once the list is `ready`, it has a `quote`: rows, unique addresses, duplicates, malformed addresses, and the most credits it can cost.',
          'Start it with `mode: "full"` to hold the most it can cost; if your credits don’t cover that, the start is refused with 402 [`insufficient_credits`](/docs/errors#insufficient_credits). Or start it with `mode: "until_empty"` to hold the credits you have; the list pauses when they run out.',
          'Each row is charged when its verdict is final, if its [reason](/docs/reasons) is charged. Credits that were held but not used are released at the end.',
        ),
        text('With `start: true` in the upload, the list starts automatically as soon as it has been read.'),
      ],
    },
    {
      id: 'statuses',
      heading: 'Statuses',
      blocks: [
        table(
          'Statuses of a list',
          ['Status', 'Meaning'],
          LIST_STATUSES.map((status) => [`\`${status}\``, LIST_STATUS_MEANING[status]]),
        ),
      ],
    },
    {
      id: 'watch',
      heading: 'Watch progress',
      blocks: [
        list(
          'Webhooks: subscribe to the [events](/docs/webhooks) `list.ready`, `list.progress`, `list.completed` and `list.failed`.',
          'Streaming: `GET /v1/lists/{id}/events` sends server-sent events. Each holds the complete state, and reconnecting with `Last-Event-ID` misses nothing.',
          'Polling: call `GET /v1/lists/{id}`. Read-only calls have a separate [limit](/docs/limits), so polling twice a second is fine.',
        ),
      ],
    },
    {
      id: 'keep',
      heading: 'Retention',
      blocks: [
        text(
          `\`retention_days\` can be ${LIST_RETENTION_DAYS.min} to ${LIST_RETENTION_DAYS.max} and is ${LIST_RETENTION_DAYS.default} by default. \`DELETE /v1/lists/{id}\` deletes the rows immediately. The totals are kept.`,
        ),
      ],
    },
  ],
};
