// The JSON columns of a verification, and of what is known about a domain, as typed values. A row of a verification can always be read: a value
// that no longer has the shape (an older version wrote it) reads as empty and never fails the page.
import { z } from 'zod';
import { NO_FLAGS_KNOWN } from './answer';
import {
  type Evidence,
  EVIDENCE_STAGES,
  type JsonValue,
  LAYER_NAMES,
  LAYER_STATUSES,
  type LayerReport,
  REPLY_MEANINGS,
  TRANSPORT_FAILURES,
} from './evidence';
import type { GreylistTriplet } from './mail-host';
import { type Grade, isGrade } from './grade';
import { FLAG_NAMES, type Flags } from './verdict';

const nullableText = z.string().nullable();

const evidence: z.ZodType<Evidence[]> = z.array(
  z
    .object({
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
      remembered: z.boolean().optional(),
    })
    // Before this field existed, only the catch-all answer of the day was marked as remembered, in its rule.
    .transform(({ remembered, ...item }) => ({ ...item, remembered: remembered ?? item.rule === 'remembered' })),
);

const metadata: z.ZodType<JsonValue> = z.json();

/** What we wrote into a jsonb column certainly is JSON. */
const ownJson = z.custom<JsonValue>((value) => value !== undefined);

const layers: z.ZodType<LayerReport[]> = z.array(
  z.object({
    name: z.enum(LAYER_NAMES),
    status: z.enum(LAYER_STATUSES),
    summary: z.string(),
    duration_ms: z.number(),
    details: z.record(z.string(), ownJson),
  }),
);

const flags: z.ZodType<Flags> = z.record(z.enum(FLAG_NAMES), z.boolean().nullable());

const triplet: z.ZodType<GreylistTriplet | null> = z
  .object({
    identityHelo: z.string(),
    identityAddress: nullableText,
    mailFrom: z.string(),
    host: z.string(),
  })
  .nullable();

const parse = <T>(schema: z.ZodType<T>, value: unknown, fallback: T): T => schema.safeParse(value).data ?? fallback;

export const parseLayers = (value: unknown): LayerReport[] => parse(layers, value, []);
export const parseEvidence = (value: unknown): Evidence[] => parse(evidence, value, []);
/** A pending row has no flags yet, so none is known. */
export const parseFlags = (value: unknown): Flags => parse(flags, value, NO_FLAGS_KNOWN);
export const parseTriplet = (value: unknown): GreylistTriplet | null => parse(triplet, value, null);
/** Catch-all answers from before grades existed are uncertain, without a basis. */
export function storedGrade({ reason, grade }: { reason: string | null; grade: string | null }): Grade | null {
  if (reason !== 'catch_all') return null;
  return grade !== null && isGrade(grade) ? grade : 'uncertain';
}
export const parseMetadata = (value: unknown): JsonValue => parse(metadata, value, null);

/** What is known about a domain without asking its mail hosts: what DNS and the lists say. */
export const domainFactsSchema = z.strictObject({
  /** Null if the name servers gave no answer. */
  exists: z.boolean().nullable(),
  /** Whether the domain says where its mail goes; null as above. */
  acceptsMail: z.boolean().nullable(),
  /** In order of preference, limited in number. */
  hosts: z.array(z.string()),
  /** The domain has no MX record, so its own address takes the mail. */
  isImplicit: z.boolean(),
  provider: z.string().nullable(),
  gateway: z.boolean(),
  disposable: z.boolean(),
  relay: z.boolean(),
  free: z.boolean(),
  didYouMean: z.string().nullable(),
});
export type DomainFacts = z.infer<typeof domainFactsSchema>;
