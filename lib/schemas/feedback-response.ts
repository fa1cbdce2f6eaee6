// What API v1 answers about a reported outcome: the shapes that clients may rely on. Fields are only ever added.
import { z } from 'zod';
import { FEEDBACK_OUTCOMES } from '@/lib/domain/feedback';
import { REFUND_SENTENCE, type RefundReason } from '@/lib/domain/refund-reason';

const isRefundReason = (word: unknown): word is RefundReason => typeof word === 'string' && Object.hasOwn(REFUND_SENTENCE, word);

export const feedbackAnswerSchema = z.strictObject({
  outcome: z.enum(FEEDBACK_OUTCOMES),
  /** The answer it was held against: a verification, or a row of a job. */
  verification_id: z.string().nullable(),
  job_id: z.string().nullable(),
  row: z.int().nullable(),
  /** False where the same was told before. */
  recorded: z.boolean(),
  refund: z.strictObject({ credits: z.int().min(0), reason: z.custom<RefundReason>(isRefundReason), detail: z.string() }),
});
export type FeedbackAnswer = z.infer<typeof feedbackAnswerSchema>;

/** Of an array: each in its place, or why it could not be taken. */
export const feedbackBatchSchema = z.strictObject({
  data: z.array(
    z.union([feedbackAnswerSchema, z.strictObject({ error: z.strictObject({ code: z.string(), detail: z.string() }) })]),
  ),
  recorded: z.int().min(0),
  credits_refunded: z.int().min(0),
});
