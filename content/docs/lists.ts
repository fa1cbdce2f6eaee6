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
    'Upload a file or send up to 1,000 addresses, see the quote before you pay, start, watch, pause and cancel: every status of a list.',
  updated: '2026-11-29',
  lead: 'A list is a file of addresses. It is read and quoted first, and nothing is charged before you start it.',
  sections: [
    {
      id: 'upload',
      heading: 'Upload and verify',
      blocks: [
        example('verify-list', 'Verify a file'),
        list(
          `CSV, TSV, text or XLSX, also gzipped: up to ${formatCount(LIST_ROWS_MAX)} rows and ${bytesWords(LIST_FILE_MAX_BYTES)}.`,
          'The column of addresses is found by what is in it; `email_column` names another, by its heading or its number from 1.',
          `An upload may take as long as bytes keep coming: it is cut off after ${UPLOAD_IDLE_MAX_MS / 1_000} seconds without one.`,
          'Fields of the form come before the file. The [reference](/docs/api/lists#createList) has them all.',
        ),
      ],
    },
    {
      id: 'batch',
      heading: 'Without a file',
      blocks: [
        text(
          `\`POST /v1/verify/batch\` takes up to ${formatCount(BATCH_MAX_EMAILS)} addresses as JSON and makes a list of them. \`ref\` and \`metadata\` come back with each row.`,
        ),
        recipe('batch.sh', 'Verify some addresses'),
      ],
    },
    {
      id: 'quote',
      heading: 'Quote, start, pay',
      blocks: [
        steps(
          'Upload without `start`. At `ready` the list has a `quote`: rows, unique addresses, duplicates, bad spellings, and the most credits that it can cost.',
          'Start it with `mode: "full"`: the most is held, and a start that is not covered is refused with 402 [`insufficient_credits`](/docs/errors#insufficient_credits). Or with `mode: "until_empty"`: what there is is held, and the list pauses when it runs out.',
          'Each row is charged when it is final, if its [reason](/docs/reasons) is charged. What was held and not used is released at the end.',
        ),
        text('With `start: true` in the upload, the list starts by itself as soon as it is read.'),
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
      heading: 'Watch it',
      blocks: [
        list(
          'By [webhook](/docs/webhooks): `list.ready`, `list.progress`, `list.completed`, `list.failed`.',
          'By stream: `GET /v1/lists/{id}/events` are server-sent events, each the whole state, and a reconnect with `Last-Event-ID` misses nothing.',
          'By asking: `GET /v1/lists/{id}`. Calls that only read have a [limit](/docs/limits) of their own, so polling twice a second is fine.',
        ),
      ],
    },
    {
      id: 'keep',
      heading: 'How long it is kept',
      blocks: [
        text(
          `\`retention_days\` is ${LIST_RETENTION_DAYS.min} to ${LIST_RETENTION_DAYS.max}, ${LIST_RETENTION_DAYS.default} unless you say otherwise. \`DELETE /v1/lists/{id}\` deletes the rows at once. The totals stay.`,
        ),
      ],
    },
  ],
};
