// What API v1 answers about the rows of a job. Fields are only ever added.
import { z } from 'zod';
import { RECOMMENDATIONS } from '@/lib/domain/recommendation';
import { FLAG_NAMES, REASONS, STATUSES } from '@/lib/domain/verdict';

const textOrNull = z.string().nullable();

export const jobResultSchema = z.strictObject({
  /** Number of the row in the file, from 1; a header is not counted. */
  row: z.int().min(1),
  email: z.string(),
  status: z.enum(STATUSES),
  reason: z.enum(REASONS).nullable(),
  score: z.int().min(0).max(100).nullable(),
  recommendation: z.enum(RECOMMENDATIONS).nullable(),
  flags: z.record(z.enum(FLAG_NAMES), z.boolean().nullable()),
  did_you_mean: textOrNull,
  mx: z.strictObject({ host: textOrNull, provider: textOrNull, gateway: z.boolean() }),
  checked_at: z.iso.datetime().nullable(),
  cached: z.boolean(),
  credits_charged: z.int().min(0),
  /** The row's own cells by column; null where they are too long for a page (the download has them). */
  columns: z.record(z.string(), z.string()).nullable(),
});
export type JobResultAnswer = z.infer<typeof jobResultSchema>;

export const jobResultsPageSchema = z.strictObject({
  data: z.array(jobResultSchema),
  next_cursor: textOrNull,
  previous_cursor: textOrNull,
  /** Rows of the filter in all; null for a search. */
  total: z.int().min(0).nullable(),
});
