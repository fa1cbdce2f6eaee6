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
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { CURSOR_MEANING, limitField } from '@/lib/platform/pages';
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
  email: emailField.optional().describe('Only answers about this address, in any spelling, from checks and lists.'),
  cursor: z.string().max(CURSOR_MAX_CHARS, NO_CURSOR).optional().describe(CURSOR_MEANING),
  limit: limitField,
});

const CODE_MAX_CHARS = 1_000;

/** The use case decides whether a code is valid, so that the app and the API give the same answer. */
const feedbackItemSchema = z
  .strictObject({
    email: z
      .string()
      .min(1)
      .max(ADDRESS_INPUT_MAX_CHARS)
      .optional()
      .describe(
        'The address that the mail went to. It stands for your latest answer about it. Give either this or `verification_id`.',
      ),
    verification_id: z
      .string()
      .refine(isVerificationId, 'must be the id of a verification')
      .optional()
      .describe('The verification that the mail relied on. Give either this or `email`.'),
    outcome: z.enum(FEEDBACK_OUTCOMES).describe('What happened to the mail.'),
    smtp_code: z
      .union([z.int(), z.string().max(CODE_MAX_CHARS)], 'must be a number or a string')
      .nullish()
      .describe('The code that the server refused the mail with, like 550 or 5.1.1. A refund needs it.'),
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
    outcome: z.enum(FEEDBACK_OUTCOMES).describe('The outcome that you reported.'),
    verification_id: z
      .string()
      .nullable()
      .describe('The verification that the outcome was compared with. Null if it was a row of a list, or if there is none.'),
    list_id: z.string().nullable().describe('The list of the row that the outcome was compared with. Null if it was not a row.'),
    row: z.int().nullable().describe('The number of that row. Null if it was not a row.'),
    recorded: z.boolean().describe('False if the same was reported before, or with a test key.'),
    refund: z
      .strictObject({
        credits: z.int().min(0).describe('The credits given back.'),
        reason: REFUND_REASONS.describe('Why they were, or were not, given back.'),
        detail: z.string().describe('The same in a sentence.'),
      })
      .describe('What was given back for the answer.'),
  })
  .meta({ id: 'FeedbackResult' });
export type FeedbackAnswer = z.infer<typeof feedbackAnswerSchema>;

/** For an array. */
export const feedbackBatchSchema = z.strictObject({
  data: z
    .array(
      z.union([
        feedbackAnswerSchema,
        z.strictObject({
          error: z
            .strictObject({
              code: z.string().describe('The [code](/docs/errors) of the error.'),
              detail: z.string().describe('What is wrong, in a sentence.'),
            })
            .describe('Why this outcome was not accepted.'),
        }),
      ]),
    )
    .describe('For each outcome, in the order sent: what was recorded, or why it was not accepted.'),
  recorded: z.int().min(0).describe('How many outcomes were recorded; those reported before do not count.'),
  credits_refunded: z.int().min(0).describe('The credits given back in total.'),
});

const moment = z.iso.datetime();

export const domainAnswerSchema = z
  .strictObject({
    domain: z.string().describe('The domain in lower case, in its ASCII form (`xn--…` for other scripts).'),
    exists: z.boolean().nullable().describe('Whether the domain exists. Null if its name servers gave no answer.'),
    accepts_mail: z
      .boolean()
      .nullable()
      .describe('Whether the domain says where its mail goes. Null if its name servers gave no answer.'),
    mx: z
      .strictObject({
        hosts: z.array(z.string()).describe('Its mail hosts, the preferred ones first.'),
        implicit: z.boolean().describe('True if the domain has no MX record, so its own address takes the mail.'),
        provider: z.string().nullable().describe('The provider that runs the hosts. Null if it is not one we know.'),
        gateway: z.boolean().describe('True if a security gateway takes the mail before the provider does.'),
      })
      .describe('Who takes the domain’s mail.'),
    disposable: z.boolean().describe('True if it belongs to a provider of disposable addresses.'),
    relay: z.boolean().describe('True if its addresses forward to a person’s real address, which stays hidden.'),
    free: z.boolean().describe('True if anybody can get a mailbox there for free.'),
    did_you_mean: z.string().nullable().describe('The domain that was probably meant, for a likely typo. Null otherwise.'),
    catch_all: z.boolean().nullable().describe('Whether the domain accepts every name. Null if no check has found out.'),
    catch_all_checked_at: moment.nullable().describe('When a check found that out. Null if none has.'),
    checked_at: moment.describe('When the domain was looked up.'),
    cached: z.boolean().describe('True if it was looked up before this call.'),
  })
  .meta({ id: 'Domain' });
export type DomainAnswer = z.infer<typeof domainAnswerSchema>;
