// API v1's answers about verifications: the shapes that clients may rely on. Fields are only ever added.
import { z } from 'zod';
import {
  type Evidence,
  EVIDENCE_STAGES,
  type JsonValue,
  LAYER_NAMES,
  LAYER_STATUSES,
  REPLY_MEANINGS,
  TRANSPORT_FAILURES,
} from './evidence';
import { GRADES } from './grade';
import { FINAL_STATUSES, FLAG_NAMES, REASONS, RECOMMENDATIONS, STATUSES } from './verdict';

const nullableText = z.string().nullable();
export const jsonValue: z.ZodType<JsonValue> = z
  .lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonValue), z.record(z.string(), jsonValue)]))
  .meta({ id: 'Json', description: 'Any JSON value.' });

const evidenceSchema: z.ZodType<Evidence> = z.strictObject({
  at: z.iso.datetime(),
  layer: z.enum(LAYER_NAMES),
  host: nullableText,
  address: nullableText,
  provider: nullableText,
  identity: nullableText,
  stage: z.enum(EVIDENCE_STAGES),
  code: z.int().nullable(),
  enhanced: nullableText,
  text: z.string(),
  meaning: z.enum([...REPLY_MEANINGS, ...TRANSPORT_FAILURES]).nullable(),
  rule: nullableText,
  duration_ms: z.int(),
  remembered: z.boolean(),
});

const layerSchema = z.strictObject({
  name: z.enum(LAYER_NAMES),
  status: z.enum(LAYER_STATUSES),
  summary: z.string(),
  duration_ms: z.int(),
  details: z.record(z.string(), jsonValue),
});

/** Null if nothing is known. */
const known = z.boolean().nullable();

/** Whether the mailbox of a catch-all answer exists: an estimate, and the weights behind it. Null and empty for every other reason. */
export const gradeFields = {
  grade: z.enum(GRADES).nullable(),
  grade_basis: z.array(z.strictObject({ code: z.string(), points: z.int(), basis: z.string() })),
};

/** Without the parts that only the full answer has. Lists use this. */
export const verificationSummarySchema = z.strictObject({
  id: z.string(),
  /** Exactly as received, to join on. `email` is trimmed. */
  input: z.string(),
  email: z.string(),
  status: z.enum(STATUSES),
  reason: z.enum(REASONS).nullable(),
  score: z.int().min(0).max(100).nullable(),
  ...gradeFields,
  recommendation: z.enum(RECOMMENDATIONS).nullable(),
  flags: z.record(z.enum(FLAG_NAMES), known),
  did_you_mean: nullableText,
  normalized: nullableText,
  canonical: nullableText,
  mx: z.strictObject({ host: nullableText, provider: nullableText, gateway: z.boolean() }),
  checked_at: z.iso.datetime().nullable(),
  cached: z.boolean(),
  credits_charged: z.int(),
  test: z.boolean(),
  metadata: jsonValue,
  created_at: z.iso.datetime(),
});

const finalFields = {
  status: z.enum(FINAL_STATUSES),
  layers: z.array(layerSchema),
  evidence: z.array(evidenceSchema),
  valid: z.boolean(),
  deliverable: z.boolean(),
  risk_level: z.enum(['low', 'medium', 'high', 'unknown']),
  confidence: z.int(),
  provider: nullableText,
  /** Milliseconds from the request to the verdict, including waits; 0 if it came from memory. */
  response_time: z.int(),
  details: z.strictObject({ syntax_valid: known, domain_exists: known, mx_record: known, smtp_valid: known }),
};

/** A final answer. The last fields are those of the first API generation. */
export const verificationAnswerSchema = verificationSummarySchema.extend(finalFields).meta({ id: 'Verification' });

/** 202: the time is up, and the work continues. */
export const pendingAnswerSchema = z
  .strictObject({
    id: z.string(),
    /** Exactly as received, to join on. */
    input: z.string(),
    status: z.literal('pending'),
    poll_url: z.url(),
  })
  .meta({ id: 'PendingVerification' });
export type PendingAnswer = z.infer<typeof pendingAnswerSchema>;

/** A pending verification, read by id: what is known so far. */
export const progressAnswerSchema = pendingAnswerSchema
  .extend({
    email: z.string(),
    layers: z.array(layerSchema),
    retry_at: z.iso.datetime().nullable(),
    test: z.boolean(),
    metadata: jsonValue,
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'VerificationProgress' });
export type ProgressAnswer = z.infer<typeof progressAnswerSchema>;

/** Everything that a page with a public key may read: no evidence, and nothing about the workspace. While pending, nothing is known. */
export const publicAnswerSchema = z
  .strictObject({
    status: z.enum(STATUSES),
    reason: z.enum(REASONS).nullable(),
    did_you_mean: nullableText,
    recommendation: z.enum(RECOMMENDATIONS).nullable(),
  })
  .meta({ id: 'PublicVerification' });
export type PublicAnswer = z.infer<typeof publicAnswerSchema>;
