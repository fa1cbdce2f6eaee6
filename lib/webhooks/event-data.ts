// What each event carries in `data`: the shapes that receivers may rely on. Fields are only ever added. Every text has a maximum
// length, so a whole body stays under its limit.
import { z } from 'zod';
import type { EmittedEventType } from './rules';
import { firstGenerationShape, verificationSummarySchema } from '@/lib/verdict/verification-schema';

const NAME_MAX_CHARS = 1_000;
const URL_MAX_CHARS = 2_048;

const id = z.string().min(1).max(64);
const name = z.string().max(NAME_MAX_CHARS);
const url = z.url().max(URL_MAX_CHARS);
const count = z.int().min(0);

const listFields = { list_id: id.describe('The id of the list.'), name: name.describe('The list’s name.') };
const pageOfList = url.describe('The list in the app.');
const chargedCredits = count.describe('What the list has cost so far, in credits.');

const countsSchema = z
  .strictObject({
    deliverable: count.describe('Rows that are deliverable.'),
    undeliverable: count.describe('Rows that are undeliverable.'),
    risky: count.describe('Rows that are risky.'),
    unknown: count.describe('Rows that are unknown.'),
  })
  .describe('Final verdicts by status.');

/** A list that has ended in any way. `valid`, `invalid` and `risky` are names of the first API generation. */
export const listEndedDataSchema = z.strictObject({
  ...listFields,
  status: z.enum(['completed', 'cancelled', 'failed', 'expired']).describe('How it ended.'),
  total: count.describe('Rows of the list, including duplicates.'),
  counts: countsSchema,
  valid: count.describe('Older name for `counts.deliverable`.'),
  invalid: count.describe('Older name for `counts.undeliverable`.'),
  risky: count.describe('Older name for `counts.risky`.'),
  credits_charged: count.describe('What the list cost, in credits.'),
  error: z.string().max(500).nullable().describe('Why it failed or was canceled, in a sentence. Null for a completed list.'),
  download_url: url.describe('The page with its results, in the app.'),
});
export type ListEndedData = z.infer<typeof listEndedDataSchema>;

/** A list that was read and is waiting to be started. */
export const listReadyDataSchema = z.strictObject({
  ...listFields,
  status: z.literal('ready').describe('The file was read, and the list waits to be started.'),
  failure: z
    .strictObject({
      code: z.literal('no_email_column').describe('No column was found to hold addresses.'),
      detail: z.string().describe('The same in a sentence.'),
    })
    .nullable()
    .describe('Why it can’t be started until you choose the column with the addresses. Null if it can.'),
  quote: z
    .strictObject({
      rows: count.describe('All rows, without a header.'),
      unique: count.describe('Addresses to verify, including those with wrong syntax.'),
      duplicates: count.describe('Rows that repeat the mailbox of an earlier row.'),
      syntax_invalid: count.describe('Addresses with wrong syntax, which cost nothing.'),
      max_credits: count.describe('The most that the list can cost, in credits.'),
    })
    .describe('What the file holds and the most it can cost.'),
  url: pageOfList,
});

/** A running list; `list.completed` reports its end. */
export const listProgressDataSchema = z.strictObject({
  ...listFields,
  status: z.literal('running').describe('The list is being verified.'),
  processed: count.describe('Addresses with a final verdict.'),
  total: count.describe('All addresses to verify, without duplicates.'),
  counts: countsSchema,
  credits_charged: chargedCredits,
  url: pageOfList,
});

export const creditsLowDataSchema = z.strictObject({
  available: z.int().describe('The credits that can be spent now.'),
  threshold: count.describe('Your threshold, which the balance fell below.'),
  url: url.describe('The page of usage in the app.'),
});

/** Sent once per key, month and budget, however many calls are refused. */
export const budgetExceededDataSchema = z.strictObject({
  key_id: id.describe('The id of the key.'),
  key_name: name.describe('The key’s name.'),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .describe('The calendar month (UTC), as `YYYY-MM`.'),
  budget: count.describe('The most credits that the key may spend in that month.'),
  spent: count.describe('The credits it was charged in that month.'),
  held: count.describe('The credits that its running work holds.'),
  url: url.describe('The page of keys in the app.'),
});

/** The verification without its layers and evidence; its URL has those. */
export const verificationEndedDataSchema = verificationSummarySchema.extend({
  ...firstGenerationShape,
  url: url.describe('The URL that returns the whole verification.'),
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
