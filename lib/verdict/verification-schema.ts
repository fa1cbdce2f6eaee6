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

/** Refers to `Json` instead of copying it, so that the document has that schema once. */
export const metadataField = z.lazy(() => jsonValue).describe('Your own JSON object from the request. Null if there was none.');

const evidenceSchema: z.ZodType<Evidence> = z.strictObject({
  at: z.iso.datetime().describe('When it was learned.'),
  layer: z.enum(LAYER_NAMES).describe('The layer that asked.'),
  host: nullableText.describe('The mail host or resolver that was asked. Null if nobody was.'),
  address: nullableText.describe('The IP address we connected to. Null if there was no connection.'),
  provider: nullableText.describe('The provider that runs the host. Null if it is not one we know.'),
  identity: nullableText.describe('The public name that we asked under. Null if none was used.'),
  stage: z
    .enum(EVIDENCE_STAGES)
    .describe('The step of the SMTP dialogue, or where else it comes from: DNS, one of our lists, or the address itself.'),
  code: z.int().nullable().describe('The reply code, like 550. Null if there was none.'),
  enhanced: nullableText.describe('The enhanced status code, like 5.1.1. Null if there was none.'),
  text: z.string().describe('The server’s own words, shortened, with the address that was checked and our own addresses masked.'),
  meaning: z
    .enum([...REPLY_MEANINGS, ...TRANSPORT_FAILURES])
    .nullable()
    .describe('What the reply means, or what happened instead of one. Null for DNS and lists.'),
  rule: nullableText.describe('The rule or list that decided the meaning. Null if none did.'),
  duration_ms: z.int().describe('How long the exchange took, in milliseconds.'),
  remembered: z.boolean().describe('True if it was learned before this check and not repeated for it.'),
});

const layerSchema = z.strictObject({
  name: z.enum(LAYER_NAMES).describe('The layer.'),
  status: z.enum(LAYER_STATUSES).describe('What it found. A layer is skipped if an earlier one decided.'),
  summary: z.string().describe('The finding in one sentence.'),
  duration_ms: z.int().describe('How long it took, in milliseconds.'),
  details: z.record(z.string(), jsonValue).describe('The finding for programs; its fields differ by layer.'),
});
const layers = z.array(layerSchema);

const known = z.boolean().nullable();

const idField = z.string().describe('The id of the verification.');
const inputField = z.string().describe('The address exactly as you sent it, to join on.');
const requestFields = {
  test: z.boolean().describe('True if it was made with a test key: no mail server was asked.'),
  metadata: metadataField,
  created_at: z.iso.datetime().describe('When it was requested.'),
};

/** Without the parts that only the full answer has. Lists use this. */
export const verificationSummarySchema = z.strictObject({
  id: idField,
  input: inputField,
  email: z.string().describe('The address without surrounding spaces.'),
  status: z.enum(STATUSES).describe('The verdict in one word; `pending` until there is one.'),
  reason: z.enum(REASONS).nullable().describe('Why: one of the [reasons](/docs/reasons). Null while pending.'),
  score: z
    .int()
    .min(0)
    .max(100)
    .nullable()
    .describe('How likely it is that mail does not hard-bounce, from 0 to 100. Null if there is no basis for an estimate.'),
  grade: z
    .enum(GRADES)
    .nullable()
    .describe('How likely the mailbox of a catch-all answer exists: an estimate. Null for every other reason.'),
  grade_basis: z
    .array(
      z.strictObject({
        code: z.string().describe('The clue, as a word for programs.'),
        points: z.int().describe('How much it counts; below zero, it speaks against the mailbox.'),
        basis: z.string().describe('The clue in plain words.'),
      }),
    )
    .describe('The clues behind the grade, the weightiest first. Empty without a grade, and if there are none.'),
  recommendation: z
    .enum(RECOMMENDATIONS)
    .nullable()
    .describe('What to do with the address, by the policy of the check or list. Null while pending.'),
  flags: z
    .record(z.enum(FLAG_NAMES), known)
    .describe('Facts about the address and its domain, by name: true, false, or null if it is not known.'),
  did_you_mean: nullableText.describe('The address that was probably meant, for a likely typo. Null otherwise.'),
  normalized: nullableText.describe('The address with its domain in lower case. Null if its syntax is wrong.'),
  canonical: nullableText.describe(
    'The same for every spelling of one mailbox, to find duplicates. Null if the syntax is wrong.',
  ),
  mx: z
    .strictObject({
      host: nullableText.describe('The mail host. Null if none was found or looked up.'),
      provider: nullableText.describe('The provider that runs it. Null if it is not one we know.'),
      gateway: z.boolean().describe('True if a security gateway takes the mail before the provider does.'),
    })
    .describe('Who takes the domain’s mail.'),
  checked_at: z.iso
    .datetime()
    .nullable()
    .describe('When the verdict was found; earlier than the request if it came from memory. Null while pending.'),
  cached: z.boolean().describe('True if the answer came from the memory of the last 24 hours, which costs nothing.'),
  credits_charged: z.int().min(0).describe('What the answer cost: 1 or 0 credits.'),
  ...requestFields,
});

/** Derived from the verdict, under the names of the first API generation. */
export const firstGenerationShape = {
  valid: z.boolean().describe('Older name: true if the address is deliverable, or risky with a mailbox that is known to exist.'),
  deliverable: z.boolean().describe('Older name: true if `status` is `deliverable`.'),
  risk_level: z
    .enum(['low', 'medium', 'high', 'unknown'])
    .describe('Older name for `status`: `low` is deliverable, `medium` risky, `high` undeliverable.'),
};

const finalFields = {
  status: z.enum(FINAL_STATUSES).describe('The verdict in one word.'),
  layers: layers.describe('What each of the seven layers found, in order.'),
  evidence: z.array(evidenceSchema).describe('Who was asked what, and what came back: one item for each exchange.'),
  ...firstGenerationShape,
  confidence: z.int().describe('Older name for `score`, with 0 instead of null.'),
  provider: nullableText.describe('Older name for `mx.provider`.'),
  response_time: z.int().describe('Milliseconds from the request to the verdict, including waits; 0 if it came from memory.'),
  details: z
    .strictObject({
      syntax_valid: known.describe('Whether the address is well formed. Null if it was not checked.'),
      domain_exists: known.describe('Whether the domain exists. Null if it was not found out.'),
      mx_record: known.describe('Whether a host takes the domain’s mail. Null if it was not found out.'),
      smtp_valid: known.describe('Whether the mail host accepts the mailbox. Null if it was not found out.'),
    })
    .describe('Older form of `layers`.'),
};

/** A final answer. The last fields are those of the first API generation. */
export const verificationAnswerSchema = verificationSummarySchema.extend(finalFields).meta({ id: 'Verification' });

/** 202: the time is up, and the work continues. */
export const pendingAnswerSchema = z
  .strictObject({
    id: idField,
    input: inputField,
    status: z.literal('pending').describe('The work continues.'),
    poll_url: z.url().describe('The URL to read the verdict from.'),
  })
  .meta({ id: 'PendingVerification' });
export type PendingAnswer = z.infer<typeof pendingAnswerSchema>;

/** A pending verification, read by id: what is known so far. */
export const progressAnswerSchema = pendingAnswerSchema
  .extend({
    email: z.string().describe('The address without surrounding spaces.'),
    layers: layers.describe('The layers that have reported so far, in order.'),
    retry_at: z.iso.datetime().nullable().describe('When the mail host is asked again. Null if no retry is planned.'),
    ...requestFields,
  })
  .meta({ id: 'VerificationProgress' });
export type ProgressAnswer = z.infer<typeof progressAnswerSchema>;

const summary = verificationSummarySchema.shape;

/** Everything that a page with a public key may read: no evidence, and nothing about the workspace. While pending, nothing is known. */
export const publicAnswerSchema = z
  .strictObject({
    status: summary.status,
    reason: summary.reason,
    did_you_mean: summary.did_you_mean,
    recommendation: summary.recommendation,
  })
  .meta({ id: 'PublicVerification' });
export type PublicAnswer = z.infer<typeof publicAnswerSchema>;
