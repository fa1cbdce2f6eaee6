// What API v1 answers about lists and their rows: the shapes that clients may rely on. Fields are only ever added.
import { z } from 'zod';
import { nextCursorField } from '@/lib/platform/pages';
import { GRADES } from '@/lib/verdict/grade';
import { FINAL_STATUSES, POLICY_NAMES, REASONS } from '@/lib/verdict/verdict';
import { metadataField, verificationSummarySchema } from '@/lib/verdict/verification-schema';
import { EXAMPLE_SUMMARY } from '@/lib/verifications/operations';
import { LIST_FAILURES, LIST_FORMATS, LIST_SOURCES, LIST_STATUSES, PAUSE_REASONS, START_MODES } from './rules/list';

const count = z.int().min(0);
const textOrNull = z.string().nullable();
const momentOrNull = z.iso.datetime().nullable();

const quoteSchema = z.strictObject({
  rows: count.describe('All rows, without a header.'),
  unique: count.describe('Addresses to verify, including those with wrong syntax.'),
  duplicates: count.describe('Rows that repeat the mailbox of an earlier row. They get its verdict at no charge.'),
  syntax_invalid: count.describe('Addresses with wrong syntax, which cost nothing.'),
  rejected: count.describe('Rows without an address, and rows that can’t be read.'),
  several_addresses: count.describe('Rows of the file that hold several addresses; each address is a row here.'),
  known_recent: count.describe('Addresses answered from the memory of the last 24 hours, at no charge.'),
  max_credits: count.describe('The most that the list can cost, in credits.'),
});

const progressSchema = z.strictObject({
  processed: count.describe('Addresses with a final verdict.'),
  total: count.describe('All addresses to verify, without duplicates.'),
  rate: z.number().nullable().describe('Recent final verdicts per second. Null while there is nothing to measure.'),
  eta_s: count.nullable().describe('Seconds until the list is done, estimated from the rate. Null if that can’t be told.'),
  counts: z.record(z.enum(FINAL_STATUSES), count).describe('Final verdicts by status.'),
  counts_by_reason: z
    .partialRecord(z.enum(REASONS), count)
    .describe('Final verdicts by reason; reasons without any are left out.'),
  counts_by_grade: z.record(z.enum(GRADES), count).describe('Catch-all answers by their grade.'),
  retrying: count.describe('Rows without a verdict yet that are asked again automatically.'),
  retrying_next_at: momentOrNull.describe('When the next of those rows is due. Null if there are none.'),
  retrying_until: momentOrNull.describe('When the last of those rows is due. Null if there are none.'),
  credits: z
    .strictObject({
      held: count.describe('Credits set aside for addresses that are still open.'),
      captured: count.describe('Credits charged so far.'),
      released: count.describe('Credits that were held and given back.'),
    })
    .describe('What the list holds and costs, in credits.'),
});

const fileSchema = z.strictObject({
  name: textOrNull.describe('The file’s name. Null if there was no file.'),
  format: z.enum(LIST_FORMATS).nullable().describe('The format, as its bytes show. Null until it is known.'),
  size_bytes: count.describe('Size of the file, in bytes.'),
  received_bytes: count.describe('Bytes that have arrived.'),
  parsed_bytes: count.describe('Bytes that have been read.'),
  encoding: textOrNull.describe('The character encoding. Null until it is known.'),
  has_header: z.boolean().nullable().describe('Whether the first row names the columns. Null until the file is read.'),
  columns: z.array(z.string()).describe('The names of the columns; empty until the file is read.'),
  email_column: count.nullable().describe('Index of the column with the addresses, from 0. Null if there is none yet.'),
});

export const listSchema = z
  .strictObject({
    id: z.string().describe('The id of the list.'),
    name: z.string().describe('The list’s name.'),
    source: z.enum(LIST_SOURCES).describe('How its addresses came: as a file or pasted text in the app, or by the API.'),
    test: z.boolean().describe('True if it was made with a test key: no mail server is asked.'),
    status: z
      .enum(LIST_STATUSES)
      .describe('Where it is. `ready` waits to be started; `expired` means that its rows are deleted.'),
    pause_reason: z.enum(PAUSE_REASONS).nullable().describe('Why it is paused. Null if it is not.'),
    failure: z
      .strictObject({
        code: z.enum(LIST_FAILURES).describe('The problem, for programs.'),
        detail: z.string().describe('The problem in a sentence.'),
      })
      .nullable()
      .describe('Why it failed, or why a ready list can’t be started yet (`no_email_column`). Null if nothing is wrong.'),
    policy: z.enum(POLICY_NAMES).describe('How you plan to use the addresses, which decides the recommendations.'),
    file: fileSchema.describe('The uploaded file.'),
    quote: quoteSchema.nullable().describe('What the file holds and the most it can cost. Null until the file is read.'),
    mode: z
      .enum(START_MODES)
      .nullable()
      .describe('How it was started: `full` holds the most it can cost; `until_empty` pauses when credits run out. Null before.'),
    credit_cap: count.nullable().describe('The most credits that the run may cost. Null if there is no cap.'),
    progress: progressSchema.describe('How far it is.'),
    metadata: metadataField,
    retention_days: count.describe('Days that the rows are kept.'),
    created_at: z.iso.datetime().describe('When it was created.'),
    started_at: momentOrNull.describe('When it was started. Null before.'),
    finished_at: momentOrNull.describe('When it ended. Null before.'),
    expires_at: momentOrNull.describe('When the rows will be or were deleted. Null if that is not set yet.'),
    poll_url: z.url().describe('The URL that returns this answer again.'),
  })
  .meta({ id: 'List' });
export type ListAnswer = z.infer<typeof listSchema>;

export const listsPageSchema = z.strictObject({
  data: z.array(listSchema).describe('The lists.'),
  next_cursor: nextCursorField,
});

const verdict = verificationSummarySchema.shape;

export const listRowSchema = z
  .strictObject({
    row: z.int().min(1).describe('Number of the row in the file, from 1; a header is not counted.'),
    input: textOrNull.describe(
      'The address cell exactly as it came, to join on. Null if the row is too long for a page; the download has it.',
    ),
    email: z.string().describe('The address as it was verified.'),
    status: verdict.status,
    reason: verdict.reason,
    retry_at: momentOrNull.describe('When it is asked again automatically. Null if the verdict is final.'),
    score: verdict.score,
    grade: verdict.grade,
    grade_basis: verdict.grade_basis,
    recommendation: verdict.recommendation,
    flags: verdict.flags,
    did_you_mean: verdict.did_you_mean,
    mx: verdict.mx,
    checked_at: verdict.checked_at,
    cached: verdict.cached,
    credits_charged: verdict.credits_charged,
    columns: z
      .record(z.string(), z.string())
      .nullable()
      .describe('The row’s own cells by column. Null if they are too long for a page; the download has them.'),
  })
  .meta({ id: 'ListRow' });
export type ListRowAnswer = z.infer<typeof listRowSchema>;

export const listRowsPageSchema = z.strictObject({
  data: z.array(listRowSchema).describe('The rows.'),
  next_cursor: nextCursorField,
  previous_cursor: textOrNull.describe('Send it as `cursor` to get the page before. Null on the first page.'),
  total: z.int().min(0).nullable().describe('How many rows match the filter. Null for a search.'),
});

// Examples of a list and of a row, for the API's documentation.

export const EXAMPLE_LIST_ID = 'lst_01KB7W5B4D7F1G8H2J6K9M3NPQ';
const AT = '2026-11-29T09:30:00.000Z';

export const EXAMPLE_LIST: ListAnswer = {
  id: EXAMPLE_LIST_ID,
  name: 'Newsletter, November',
  source: 'api',
  test: false,
  status: 'running',
  pause_reason: null,
  failure: null,
  policy: 'newsletter',
  file: {
    name: 'november.csv',
    format: 'csv',
    size_bytes: 48_211,
    received_bytes: 48_211,
    parsed_bytes: 48_211,
    encoding: 'utf-8',
    has_header: true,
    columns: ['name', 'email'],
    email_column: 1,
  },
  quote: {
    rows: 1_250,
    unique: 1_204,
    duplicates: 46,
    syntax_invalid: 8,
    rejected: 0,
    several_addresses: 0,
    known_recent: 31,
    max_credits: 1_165,
  },
  mode: 'full',
  credit_cap: null,
  progress: {
    processed: 640,
    total: 1_204,
    rate: 42.5,
    eta_s: 14,
    counts: { deliverable: 480, undeliverable: 92, risky: 41, unknown: 27 },
    counts_by_reason: { mailbox_exists: 480, mailbox_not_found: 92, catch_all: 41, greylisted: 27 },
    counts_by_grade: { likely: 18, uncertain: 17, unlikely: 6 },
    retrying: 27,
    retrying_next_at: '2026-11-29T09:45:00.000Z',
    retrying_until: '2026-11-29T13:30:00.000Z',
    credits: { held: 593, captured: 572, released: 0 },
  },
  metadata: { campaign: 'november' },
  retention_days: 30,
  created_at: AT,
  started_at: AT,
  finished_at: null,
  expires_at: '2026-12-29T09:30:00.000Z',
  poll_url: `https://verify.example.net/v1/lists/${EXAMPLE_LIST_ID}`,
};

export const EXAMPLE_ROW: ListRowAnswer = {
  row: 1,
  input: 'ann@example.com',
  email: 'ann@example.com',
  status: 'deliverable',
  reason: 'mailbox_exists',
  retry_at: null,
  score: 97,
  grade: null,
  grade_basis: [],
  recommendation: 'send',
  flags: EXAMPLE_SUMMARY.flags,
  did_you_mean: null,
  mx: EXAMPLE_SUMMARY.mx,
  checked_at: AT,
  cached: false,
  credits_charged: 1,
  columns: { name: 'Ann', email: 'ann@example.com' },
};
