// The verification and feedback calls of API v1: what clients send, and the answers about a reported outcome. Unknown fields are refused,
// because a misspelled option must not be ignored. Fields of answers are only ever added.
import { z } from 'zod';
import {
  ADDRESS_INPUT_MAX_CHARS,
  API_TIMEOUT_DEFAULT_MS,
  API_TIMEOUT_MAX_MS,
  API_TIMEOUT_MIN_MS,
  CURSOR_MAX_CHARS,
  FEEDBACK_MAX_ITEMS,
  MEMORY_MAX_AGE_S,
  METADATA_MAX_BYTES,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import type { JsonValue } from '@/lib/verdict/evidence';
import { POLICY_NAMES } from '@/lib/verdict/verdict';
import { FEEDBACK_OUTCOMES, REFUND_SENTENCE } from './rules/feedback';

/** Any text at all: that it is not an address is an answer, not an error. */
const emailField = z
  .string()
  .min(1, 'must not be empty')
  .max(ADDRESS_INPUT_MAX_CHARS, `must have at most ${ADDRESS_INPUT_MAX_CHARS} characters`);

/** The whole body has been through JSON.parse, so everything in it is JSON. */
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);

const metadataField = z
  .record(z.string(), jsonValue, 'must be an object')
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_MAX_BYTES,
    `must be at most ${METADATA_MAX_BYTES} bytes of JSON`,
  );

export const singleRequestSchema = z.strictObject({
  email: emailField.describe(`Any text of up to ${formatCount(ADDRESS_INPUT_MAX_CHARS)} characters.`),
  timeout_ms: z
    .int()
    .min(API_TIMEOUT_MIN_MS)
    .max(API_TIMEOUT_MAX_MS)
    .default(API_TIMEOUT_DEFAULT_MS)
    .describe(
      `How long the call may wait for the verdict, in milliseconds: ${formatCount(API_TIMEOUT_MIN_MS)} to ${formatCount(API_TIMEOUT_MAX_MS)}.`,
    ),
  max_age_s: z
    .int()
    .min(0)
    .max(MEMORY_MAX_AGE_S)
    .optional()
    .describe(
      'How old an answer from memory may be, in seconds. With 0, the mail host is asked again and the answer is charged as a new one.',
    ),
  policy: z
    .enum(POLICY_NAMES)
    .optional()
    .describe('How you plan to use the address, which decides the recommendation. The workspace’s policy by default.'),
  metadata: metadataField
    .optional()
    .describe(`Your own JSON object, up to ${formatCount(METADATA_MAX_BYTES)} bytes. It is returned with the answer.`),
});
export type SingleRequest = z.infer<typeof singleRequestSchema>;

/** The landing page sends only the address. */
export const freeRequestSchema = singleRequestSchema.pick({ email: true });

const VERIFICATION_ID = /^ver_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether the last part of a path can be the id of a verification at all. */
export const isVerificationId = (text: string): boolean => VERIFICATION_ID.test(text);

export const NO_CURSOR = 'must be the next_cursor of an earlier page';

export const listQuerySchema = z.strictObject({
  email: emailField.optional(),
  cursor: z.string().max(CURSOR_MAX_CHARS, NO_CURSOR).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

const CODE_MAX_CHARS = 1_000;

/** The use case decides whether a code is valid, so that the app and the API give the same answer. */
const feedbackItemSchema = z
  .strictObject({
    email: z.string().min(1).max(ADDRESS_INPUT_MAX_CHARS).optional(),
    verification_id: z.string().refine(isVerificationId, 'must be the id of a verification').optional(),
    outcome: z.enum(FEEDBACK_OUTCOMES),
    smtp_code: z.union([z.int(), z.string().max(CODE_MAX_CHARS)], 'must be a number or a string').nullish(),
  })
  .refine(({ email, verification_id: id }) => (email === undefined) !== (id === undefined), {
    path: ['email'],
    message: 'give either this or verification_id',
  });
export type FeedbackItem = z.infer<typeof feedbackItemSchema>;

/** One outcome, or an array of them. */
export const feedbackRequestSchema = z.union([feedbackItemSchema, z.array(feedbackItemSchema).min(1).max(FEEDBACK_MAX_ITEMS)]);

const REFUND_REASONS = z.enum(Object.keys(REFUND_SENTENCE));

export const feedbackAnswerSchema = z
  .strictObject({
    outcome: z.enum(FEEDBACK_OUTCOMES),
    /** The answer that the outcome was compared with: a verification, or a row of a list. */
    verification_id: z.string().nullable(),
    list_id: z.string().nullable(),
    row: z.int().nullable(),
    /** False if the same was reported before. */
    recorded: z.boolean(),
    refund: z.strictObject({ credits: z.int().min(0), reason: REFUND_REASONS, detail: z.string() }),
  })
  .meta({ id: 'FeedbackResult' });
export type FeedbackAnswer = z.infer<typeof feedbackAnswerSchema>;

/** For an array: each outcome in its place, or why it could not be accepted. */
export const feedbackBatchSchema = z.strictObject({
  data: z.array(
    z.union([feedbackAnswerSchema, z.strictObject({ error: z.strictObject({ code: z.string(), detail: z.string() }) })]),
  ),
  recorded: z.int().min(0),
  credits_refunded: z.int().min(0),
});

const moment = z.iso.datetime();

export const domainAnswerSchema = z
  .strictObject({
    /** As an A-label, in lower case. */
    domain: z.string(),
    /** Null if the domain's name servers gave no answer. */
    exists: z.boolean().nullable(),
    accepts_mail: z.boolean().nullable(),
    mx: z.strictObject({
      hosts: z.array(z.string()),
      /** The domain has no MX record, so its own address takes the mail. */
      implicit: z.boolean(),
      provider: z.string().nullable(),
      gateway: z.boolean(),
    }),
    disposable: z.boolean(),
    relay: z.boolean(),
    free: z.boolean(),
    did_you_mean: z.string().nullable(),
    /** Whether the domain accepts every name; null if no check has found out. */
    catch_all: z.boolean().nullable(),
    catch_all_checked_at: moment.nullable(),
    checked_at: moment,
    cached: z.boolean(),
  })
  .meta({ id: 'Domain' });
export type DomainAnswer = z.infer<typeof domainAnswerSchema>;
