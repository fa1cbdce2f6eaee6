// What each event carries in `data`: the shapes that receivers may rely on. Fields are only ever added. Every text has a maximum
// length, so a whole body stays under its limit.
import { z } from 'zod';
import type { EmittedEventType } from './rules';
import { verificationSummarySchema } from '@/lib/verdict/verification-schema';

const NAME_MAX_CHARS = 1_000;
const URL_MAX_CHARS = 2_048;

const id = z.string().min(1).max(64);
const name = z.string().max(NAME_MAX_CHARS);
const url = z.url().max(URL_MAX_CHARS);
const count = z.int().min(0);

const countsSchema = z.strictObject({ deliverable: count, undeliverable: count, risky: count, unknown: count });

/** A list that has ended in any way. `valid`, `invalid` and `risky` are names of the first API generation. */
export const listEndedDataSchema = z.strictObject({
  list_id: id,
  name,
  status: z.enum(['completed', 'cancelled', 'failed', 'expired']),
  /** Rows of the list, including duplicates. */
  total: count,
  counts: countsSchema,
  valid: count,
  invalid: count,
  risky: count,
  credits_charged: count,
  /** Why it failed or was canceled, in a sentence; null for a completed list. */
  error: z.string().max(500).nullable(),
  /** The results page in the app. */
  download_url: url,
});
export type ListEndedData = z.infer<typeof listEndedDataSchema>;

/** A list that was read and is waiting to be started. */
export const listReadyDataSchema = z.strictObject({
  list_id: id,
  name,
  status: z.literal('ready'),
  /** Why it can't be started yet: no column was found to hold addresses, so one has to be chosen. Null if it can. */
  failure: z.strictObject({ code: z.literal('no_email_column'), detail: z.string() }).nullable(),
  quote: z.strictObject({ rows: count, unique: count, duplicates: count, syntax_invalid: count, max_credits: count }),
  url,
});

/** A running list; `list.completed` reports its end. */
export const listProgressDataSchema = z.strictObject({
  list_id: id,
  name,
  status: z.literal('running'),
  /** How many of `total` addresses have their verdict, without duplicates. */
  processed: count,
  total: count,
  counts: countsSchema,
  credits_charged: count,
  /** The list in the app. */
  url,
});

export const creditsLowDataSchema = z.strictObject({
  /** What can be spent now. */
  available: z.int(),
  /** The threshold that was crossed. */
  threshold: count,
  url,
});

/** Sent once per key, month and budget, however many calls are refused. */
export const budgetExceededDataSchema = z.strictObject({
  key_id: id,
  key_name: name,
  /** `YYYY-MM`, UTC. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** What the key may spend in that month, what it was charged, and what its running work holds. */
  budget: count,
  spent: count,
  held: count,
  /** The page of keys in the app. */
  url,
});

/** The verification without its layers and evidence; the poll URL has those. */
export const verificationEndedDataSchema = verificationSummarySchema.extend({
  valid: z.boolean(),
  deliverable: z.boolean(),
  risk_level: z.enum(['low', 'medium', 'high', 'unknown']),
  url,
});

export const WEBHOOK_DATA_SCHEMAS = {
  'verification.completed': verificationEndedDataSchema,
  'verification.updated': verificationEndedDataSchema,
  'list.ready': listReadyDataSchema,
  'list.progress': listProgressDataSchema,
  'list.completed': listEndedDataSchema,
  'list.failed': listEndedDataSchema,
  'credits.low': creditsLowDataSchema,
  'budget.exceeded': budgetExceededDataSchema,
} as const satisfies Record<EmittedEventType, z.ZodType>;

export type WebhookData<T extends EmittedEventType> = z.infer<(typeof WEBHOOK_DATA_SCHEMAS)[T]>;

/** An event by its type, with the data of that type. */
export type WebhookEventInput = { [T in EmittedEventType]: { type: T; data: WebhookData<T> } }[EmittedEventType];

export interface ListEndedFacts {
  listId: string;
  name: string;
  status: ListEndedData['status'];
  total: number;
  counts: ListEndedData['counts'];
  creditsCharged: number;
  error?: string | null;
  downloadUrl: string;
}

export interface ProgressFacts extends Pick<ListEndedFacts, 'listId' | 'name' | 'total' | 'counts' | 'creditsCharged'> {
  processed: number;
  url: string;
}

export const toListProgressData = (facts: ProgressFacts): WebhookData<'list.progress'> => ({
  list_id: facts.listId,
  name: facts.name.slice(0, NAME_MAX_CHARS),
  status: 'running',
  processed: facts.processed,
  total: facts.total,
  counts: facts.counts,
  credits_charged: facts.creditsCharged,
  url: facts.url,
});

/** The data of `list.completed` and `list.failed`, including the first-generation names. */
export const toListEndedData = (facts: ListEndedFacts): ListEndedData => ({
  list_id: facts.listId,
  name: facts.name.slice(0, NAME_MAX_CHARS),
  status: facts.status,
  total: facts.total,
  counts: facts.counts,
  valid: facts.counts.deliverable,
  invalid: facts.counts.undeliverable,
  risky: facts.counts.risky,
  credits_charged: facts.creditsCharged,
  error: facts.error?.slice(0, 500) ?? null,
  download_url: facts.downloadUrl,
});
