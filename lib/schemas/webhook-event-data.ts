// What each event carries in `data`: the shapes that receivers may rely on. Fields are only ever added. Every text is bounded,
// so that a whole body stays under its limit.
import { z } from 'zod';
import type { EmittedEventType } from '@/lib/domain/webhook-events';
import { verificationSummarySchema } from './verification-response';

const NAME_MAX_CHARS = 1_000;
const URL_MAX_CHARS = 2_048;

const id = z.string().min(1).max(64);
const name = z.string().max(NAME_MAX_CHARS);
const url = z.url().max(URL_MAX_CHARS);
const count = z.int().min(0);

const countsSchema = z.strictObject({ deliverable: count, undeliverable: count, risky: count, unknown: count });

/** A list that came to its end, one way or the other. `valid`, `invalid` and `risky` are the names of the first generation. */
export const batchDataSchema = z.strictObject({
  job_id: id,
  name,
  state: z.enum(['completed', 'cancelled', 'failed', 'expired']),
  /** Rows of the list, duplicates and all. */
  total: count,
  counts: countsSchema,
  valid: count,
  invalid: count,
  risky: count,
  credits_charged: count,
  /** Why it failed, a sentence; null where it did not. */
  error: z.string().max(500).nullable(),
  /** The page of the results in the app. */
  download_url: url,
});
export type BatchData = z.infer<typeof batchDataSchema>;

/** A list that was read and waits for its start. */
export const jobReadyDataSchema = z.strictObject({
  job_id: id,
  name,
  state: z.literal('ready'),
  quote: z.strictObject({ rows: count, unique: count, duplicates: count, syntax_invalid: count, max_credits: count }),
  url,
});
export type JobReadyData = z.infer<typeof jobReadyDataSchema>;

export const creditsLowDataSchema = z.strictObject({
  /** What can be spent now. */
  available: z.int(),
  /** The mark that was passed. */
  threshold: count,
  url,
});
export type CreditsLowData = z.infer<typeof creditsLowDataSchema>;

/** The verification without its layers and evidence, which the poll URL has. */
export const verificationUpdatedDataSchema = verificationSummarySchema.extend({
  valid: z.boolean(),
  deliverable: z.boolean(),
  risk_level: z.enum(['low', 'medium', 'high', 'unknown']),
  url,
});
export type VerificationUpdatedData = z.infer<typeof verificationUpdatedDataSchema>;

export const WEBHOOK_DATA_SCHEMAS = {
  'verification.updated': verificationUpdatedDataSchema,
  'job.ready': jobReadyDataSchema,
  'batch.completed': batchDataSchema,
  'batch.failed': batchDataSchema,
  'credits.low': creditsLowDataSchema,
} as const satisfies Record<EmittedEventType, z.ZodType>;

export type WebhookData<T extends EmittedEventType> = z.infer<(typeof WEBHOOK_DATA_SCHEMAS)[T]>;

/** An event by its type, with the data of that type. */
export type WebhookEventInput = { [T in EmittedEventType]: { type: T; data: WebhookData<T> } }[EmittedEventType];

export interface BatchFacts {
  jobId: string;
  name: string;
  state: BatchData['state'];
  total: number;
  counts: BatchData['counts'];
  creditsCharged: number;
  error?: string | null;
  downloadUrl: string;
}

/** The data of `batch.completed` and `batch.failed`, its aliases filled in. */
export const toBatchData = (facts: BatchFacts): BatchData => ({
  job_id: facts.jobId,
  name: facts.name.slice(0, NAME_MAX_CHARS),
  state: facts.state,
  total: facts.total,
  counts: facts.counts,
  valid: facts.counts.deliverable,
  invalid: facts.counts.undeliverable,
  risky: facts.counts.risky,
  credits_charged: facts.creditsCharged,
  error: facts.error?.slice(0, 500) ?? null,
  download_url: facts.downloadUrl,
});
