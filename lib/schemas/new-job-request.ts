// What clients send to make a job of API v1: the fields of the form that brings a file, and the JSON of a batch. Unknown fields are
// refused: a misspelt option must not be ignored.
import { z } from 'zod';
import type { JsonValue } from '@/lib/domain/layer';
import {
  ADDRESS_INPUT_MAX_CHARS,
  BATCH_MAX_EMAILS,
  BATCH_REF_MAX_CHARS,
  LIST_NAME_MAX_CHARS,
  LIST_RETENTION_DAYS,
  METADATA_MAX_BYTES,
} from '@/lib/domain/limits';
import { START_MODES } from '@/lib/domain/list';
import { POLICY_NAMES } from '@/lib/domain/recommendation';

const name = z.string().max(LIST_NAME_MAX_CHARS, `must have at most ${LIST_NAME_MAX_CHARS} characters`);
const policy = z.enum(POLICY_NAMES);
const retentionDays = z.int().min(LIST_RETENTION_DAYS.min).max(LIST_RETENTION_DAYS.max);

/** It has been through JSON.parse. */
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);
const metadata = z
  .record(z.string(), jsonValue, 'must be an object')
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_MAX_BYTES,
    `must be at most ${METADATA_MAX_BYTES} bytes of JSON`,
  );

const batchItemSchema = z.strictObject({
  email: z.string().max(ADDRESS_INPUT_MAX_CHARS, `must have at most ${ADDRESS_INPUT_MAX_CHARS} characters`),
  ref: z.string().max(BATCH_REF_MAX_CHARS).optional(),
  metadata: metadata.optional(),
});

/** A bad address is an answer, not an error: any words at all will do. */
const batchEntry = z.union([batchItemSchema.shape.email.transform((email) => ({ email })), batchItemSchema], {
  error: `must be an address, or an object with email, ref and metadata`,
});

export const batchRequestSchema = z.strictObject({
  emails: z
    .array(batchEntry)
    .min(1, 'must hold at least one address')
    .max(BATCH_MAX_EMAILS, `must hold at most ${BATCH_MAX_EMAILS} addresses`),
  name: name.optional(),
  policy: policy.optional(),
  retention_days: retentionDays.optional(),
  metadata: metadata.optional(),
});
export type BatchRequest = z.infer<typeof batchRequestSchema>;

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

/** Fields of a form are words; an empty one is as good as none. */
const optionalWord = <T>(schema: z.ZodType<T, string>) => z.union([z.literal('').transform(() => undefined), schema]).optional();

/** Beside the file. */
export const uploadFieldsSchema = z
  .strictObject({
    name: optionalWord(name),
    policy: optionalWord(policy),
    start: optionalWord(z.enum(['true', 'false'], 'must be true or false').transform((word) => word === 'true')),
    mode: optionalWord(z.enum(START_MODES)),
    credit_cap: optionalWord(wholeNumber),
    retention_days: optionalWord(wholeNumber.pipe(retentionDays)),
    metadata: optionalWord(jsonText.pipe(metadata)),
  })
  .superRefine(({ start, mode, credit_cap: cap }, context) => {
    const without = (path: string) => context.addIssue({ code: 'custom', path: [path], message: 'goes only with start=true' });
    if (start === true) return;
    if (mode !== undefined) without('mode');
    if (cap !== undefined) without('credit_cap');
  });
export type UploadFields = z.infer<typeof uploadFieldsSchema>;
