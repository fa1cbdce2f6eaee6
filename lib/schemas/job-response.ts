// What API v1 answers about jobs: lists that are read and verified. The shapes that clients may rely on; fields are only ever added.
import { z } from 'zod';
import type { JsonValue } from '@/lib/domain/layer';
import { LIST_FAILURES, LIST_FORMATS, LIST_SOURCES, LIST_STATES, PAUSE_REASONS, START_MODES } from '@/lib/domain/list';
import { POLICY_NAMES } from '@/lib/domain/recommendation';
import { FINAL_STATUSES, REASONS } from '@/lib/domain/verdict';

const count = z.int().min(0);
const textOrNull = z.string().nullable();
const momentOrNull = z.iso.datetime().nullable();
const jsonValue: z.ZodType<JsonValue> = z.json();

const quoteSchema = z.strictObject({
  rows: count,
  /** To verify, those with wrong syntax included. */
  unique: count,
  duplicates: count,
  syntax_invalid: count,
  /** Rows without an address. */
  rejected: count,
  /** Answered from the memory of the last 24 hours, for nothing. */
  known_recent: count,
  max_credits: count,
});

const progressSchema = z.strictObject({
  /** Unique addresses with a final verdict, of `total`. */
  processed: count,
  total: count,
  /** Final verdicts a second, of late; null while there is nothing to measure. */
  rate: z.number().nullable(),
  eta_s: count.nullable(),
  counts: z.record(z.enum(FINAL_STATUSES), count),
  counts_by_reason: z.partialRecord(z.enum(REASONS), count),
  /** Greylisted rows that wait for their time. */
  retrying: count,
  retrying_next_at: momentOrNull,
  retrying_until: momentOrNull,
  credits: z.strictObject({ held: count, captured: count, released: count }),
});

const fileSchema = z.strictObject({
  name: textOrNull,
  format: z.enum(LIST_FORMATS).nullable(),
  size_bytes: count,
  received_bytes: count,
  parsed_bytes: count,
  encoding: textOrNull,
  has_header: z.boolean().nullable(),
  columns: z.array(z.string()),
  /** Index of the column with the addresses, from 0. */
  email_column: count.nullable(),
});

export const jobSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  source: z.enum(LIST_SOURCES),
  test: z.boolean(),
  state: z.enum(LIST_STATES),
  pause_reason: z.enum(PAUSE_REASONS).nullable(),
  /** Why it failed: a code and a sentence. */
  failure: z.strictObject({ code: z.enum(LIST_FAILURES), detail: z.string() }).nullable(),
  policy: z.enum(POLICY_NAMES),
  file: fileSchema,
  /** Null until the file is read. */
  quote: quoteSchema.nullable(),
  mode: z.enum(START_MODES).nullable(),
  credit_cap: count.nullable(),
  progress: progressSchema,
  metadata: jsonValue,
  retention_days: count,
  created_at: z.iso.datetime(),
  started_at: momentOrNull,
  finished_at: momentOrNull,
  /** When the rows will be deleted, or were. */
  expires_at: momentOrNull,
  /** Where to ask for this answer again. */
  poll_url: z.url(),
});
export type JobAnswer = z.infer<typeof jobSchema>;

export const jobsPageSchema = z.strictObject({ data: z.array(jobSchema), next_cursor: textOrNull });
