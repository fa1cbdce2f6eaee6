// What clients send to the verification calls of API v1. Unknown fields are refused: a misspelt option must not be ignored.
import { z } from 'zod';
import type { JsonValue } from '@/lib/domain/layer';
import {
  ADDRESS_INPUT_MAX_CHARS,
  API_TIMEOUT_DEFAULT_MS,
  API_TIMEOUT_MAX_MS,
  API_TIMEOUT_MIN_MS,
  MEMORY_MAX_AGE_S,
  METADATA_MAX_BYTES,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
} from '@/lib/domain/limits';
import { POLICY_NAMES } from '@/lib/domain/recommendation';

/** Any words at all: that they are no address is an answer, not an error. */
const emailField = z
  .string()
  .min(1, 'must not be empty')
  .max(ADDRESS_INPUT_MAX_CHARS, `must have at most ${ADDRESS_INPUT_MAX_CHARS} characters`);

/** The whole body has been through JSON.parse, so what is in it is JSON. */
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);

const metadataField = z
  .record(z.string(), jsonValue, 'must be an object')
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_MAX_BYTES,
    `must be at most ${METADATA_MAX_BYTES} bytes of JSON`,
  );

export const singleRequestSchema = z.strictObject({
  email: emailField,
  timeout_ms: z.int().min(API_TIMEOUT_MIN_MS).max(API_TIMEOUT_MAX_MS).default(API_TIMEOUT_DEFAULT_MS),
  max_age_s: z.int().min(0).max(MEMORY_MAX_AGE_S).optional(),
  policy: z.enum(POLICY_NAMES).optional(),
  metadata: metadataField.optional(),
});
export type SingleRequest = z.infer<typeof singleRequestSchema>;

/** The landing page sends the address and nothing else. */
export const freeRequestSchema = singleRequestSchema.pick({ email: true });

const VERIFICATION_ID = /^ver_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a path's last part can be the id of a verification at all. */
export const isVerificationId = (text: string): boolean => VERIFICATION_ID.test(text);

export const listQuerySchema = z.strictObject({
  email: emailField.optional(),
  cursor: z.string().regex(VERIFICATION_ID, 'must be a next_cursor of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});
