// The JSON columns of a verification as typed values. Promises that a row always reads: what does not have the shape
// any more (an older version wrote it) reads as empty, never as a failed page.
import { z } from 'zod';
import { EVIDENCE_STAGES, type Evidence } from '@/lib/domain/evidence';
import { LAYER_NAMES, LAYER_STATUSES, type JsonValue, type LayerReport } from '@/lib/domain/layer';
import type { GreylistTriplet } from '@/lib/domain/mail-host';
import { REPLY_MEANINGS, TRANSPORT_FAILURES } from '@/lib/domain/reply';
import { NO_FLAGS_KNOWN } from '@/lib/domain/unasked-answer';
import { FLAG_NAMES, type Flags } from '@/lib/domain/verdict';

const nullableText = z.string().nullable();

const evidence: z.ZodType<Evidence> = z.object({
  at: z.string(),
  layer: z.enum(LAYER_NAMES),
  host: nullableText,
  address: nullableText,
  provider: nullableText,
  identity: nullableText,
  stage: z.enum(EVIDENCE_STAGES),
  code: z.number().nullable(),
  enhanced: nullableText,
  text: z.string(),
  meaning: z.enum([...REPLY_MEANINGS, ...TRANSPORT_FAILURES]).nullable(),
  rule: nullableText,
  duration_ms: z.number(),
});

const jsonValue: z.ZodType<JsonValue> = z.json();

const layer: z.ZodType<LayerReport> = z.object({
  name: z.enum(LAYER_NAMES),
  status: z.enum(LAYER_STATUSES),
  summary: z.string(),
  duration_ms: z.number(),
  details: z.record(z.string(), jsonValue),
});

const flags: z.ZodType<Flags> = z.record(z.enum(FLAG_NAMES), z.boolean().nullable());

const triplet: z.ZodType<GreylistTriplet> = z.object({
  identityHelo: z.string(),
  identityAddress: nullableText,
  mailFrom: z.string(),
  host: z.string(),
});

const parse = <T>(schema: z.ZodType<T>, value: unknown, fallback: T): T => schema.safeParse(value).data ?? fallback;

export const parseLayers = (value: unknown): LayerReport[] => parse(z.array(layer), value, []);
export const parseEvidence = (value: unknown): Evidence[] => parse(z.array(evidence), value, []);
/** A pending row has no flags yet: every one is not known. */
export const parseFlags = (value: unknown): Flags => parse(flags, value, NO_FLAGS_KNOWN);
export const parseTriplet = (value: unknown): GreylistTriplet | null => parse(triplet.nullable(), value, null);
export const parseMetadata = (value: unknown): JsonValue => parse(jsonValue, value, null);

// What PostgreSQL can't keep: NUL, and lone surrogates, which have no UTF-8 form. In JSON text both stand as escapes; an
// escaped backslash is matched first so that the six characters `\\u0000` of somebody's text stay as they are.
const UNSTORABLE = /\0|\p{Cs}/gu;
const UNSTORABLE_ESCAPE = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/** JSON as a jsonb column can keep it; what it can't is shown as U+FFFD. */
export const toJsonText = (value: unknown): string =>
  JSON.stringify(value).replace(UNSTORABLE_ESCAPE, (escape) => (escape === '\\\\' ? escape : '\\ufffd'));

/** Text as a text column can keep it. */
export const toStorableText = (text: string, replacement: string): string => text.replace(UNSTORABLE, replacement);
