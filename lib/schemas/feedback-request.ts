// What clients tell of mail to an address they had checked, one outcome or many. Unknown fields are refused. Whether a code is one is
// the service's to say, so that the app and the API say the same.
import { z } from 'zod';
import { FEEDBACK_OUTCOMES } from '@/lib/domain/feedback';
import { ADDRESS_INPUT_MAX_CHARS, FEEDBACK_MAX_ITEMS } from '@/lib/domain/limits';
import { isVerificationId } from './verification-request';

const CODE_MAX_CHARS = 1_000;

const feedbackItemSchema = z
  .strictObject({
    email: z.string().min(1).max(ADDRESS_INPUT_MAX_CHARS).optional(),
    verification_id: z.string().refine(isVerificationId, 'must be the id of a verification').optional(),
    outcome: z.enum(FEEDBACK_OUTCOMES),
    smtp_code: z.union([z.int(), z.string().max(CODE_MAX_CHARS)], 'must be a number or a text').nullish(),
  })
  .refine(({ email, verification_id: id }) => (email === undefined) !== (id === undefined), {
    path: ['email'],
    message: 'either this or verification_id says which answer is meant',
  });
export type FeedbackItem = z.infer<typeof feedbackItemSchema>;

/** One outcome, or an array of them. */
export const feedbackSchemaOf = (body: unknown) =>
  Array.isArray(body)
    ? z.array(feedbackItemSchema).min(1).max(FEEDBACK_MAX_ITEMS)
    : feedbackItemSchema.transform((item) => [item]);
