// What the SDKs are generated from: the zod schemas of the API's own answers, read as JSON Schema and flattened into models with
// names. Promises that a shape which appears twice gets one model, and that a field which only some answers of a call have may be
// absent in its model.
import { z } from 'zod';
import { keyWithSecretSchema } from '../../lib/accounts/api';
import { creditsAnswerSchema, ledgerLineSchema, usageAnswerSchema } from '../../lib/credits/api';
import { listedVerificationSchema } from '../../lib/dashboard/api';
import { listRowSchema, listSchema } from '../../lib/lists/api';
import { LIST_STATUSES } from '../../lib/lists/rules/list';
import { GRADES } from '../../lib/verdict/grade';
import { REASONS, RECOMMENDATIONS, STATUSES } from '../../lib/verdict/verdict';
import { pendingAnswerSchema, progressAnswerSchema, verificationAnswerSchema } from '../../lib/verdict/verification-schema';
import { domainAnswerSchema, feedbackAnswerSchema } from '../../lib/verifications/api';
import { deliverySchema, webhookWithSecretSchema } from '../../lib/webhooks/api';

export type Type =
  | { kind: 'string' | 'int' | 'number' | 'bool' | 'json' }
  | { kind: 'words'; name: string | null; words: readonly string[] }
  | { kind: 'array' | 'map'; of: Type }
  | { kind: 'model'; name: string };

export interface Field {
  name: string;
  type: Type;
  isNullable: boolean;
  /** Whether some answers of the call lack this field. */
  isAbsent: boolean;
}

export interface Model {
  name: string;
  fields: Field[];
}

export const isOptional = ({ isNullable, isAbsent }: Field): boolean => isNullable || isAbsent;

/** Sets of words that get their own type, in languages that have types for them. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  Status: STATUSES,
  Reason: REASONS,
  Recommendation: RECOMMENDATIONS,
  ListStatus: LIST_STATUSES,
  Grade: GRADES,
};

const feedbackErrorSchema = z.strictObject({ error: z.strictObject({ code: z.string(), detail: z.string() }) });
const reasonSchema = z.strictObject({ reason: z.enum(REASONS), status: z.enum(STATUSES), charged: z.boolean() });
const eventSchema = z.strictObject({
  event: z.string(),
  event_id: z.string(),
  timestamp: z.iso.datetime(),
  test: z.boolean(),
  data: z.record(z.string(), z.json()),
});

/** A model with several schemas has the fields of all of them. */
const ANSWERS: Readonly<Record<string, readonly z.ZodType[]>> = {
  /** For languages that can tell the kinds apart by status; the others use the merged model. */
  FinalVerification: [verificationAnswerSchema],
  PendingVerification: [progressAnswerSchema, pendingAnswerSchema],
  Verification: [verificationAnswerSchema, progressAnswerSchema, pendingAnswerSchema],
  ListedVerification: [listedVerificationSchema],
  EmailList: [listSchema],
  ListRow: [listRowSchema],
  Credits: [creditsAnswerSchema],
  LedgerLine: [ledgerLineSchema],
  Usage: [usageAnswerSchema],
  Feedback: [feedbackAnswerSchema, feedbackErrorSchema],
  ReasonInfo: [reasonSchema],
  Domain: [domainAnswerSchema],
  ApiKey: [keyWithSecretSchema],
  Webhook: [webhookWithSecretSchema],
  Delivery: [deliverySchema],
  WebhookEvent: [eventSchema],
};

/** The secret is shown once. */
const SOMETIMES: readonly string[] = ['Webhook.secret', 'ApiKey.key'];

/** Names for cases in which the parent's and the field's names would not make a good one. */
const NAMES: Readonly<Record<string, string>> = {
  'FinalVerification.flags': 'Flags',
  'FinalVerification.mx': 'MailHost',
  'FinalVerification.layers': 'Layer',
  'FinalVerification.evidence': 'Evidence',
  'FinalVerification.grade_basis': 'GradeBasis',
  'FinalVerification.details': 'VerificationDetails',
  'EmailList.failure': 'ListFailure',
  'EmailList.file': 'ListFile',
  'EmailList.quote': 'ListQuote',
  'EmailList.progress': 'ListProgress',
  'EmailList.progress.counts': 'StatusCounts',
  'EmailList.progress.counts_by_grade': 'GradeCounts',
  'EmailList.progress.credits': 'ListCredits',
  'ListedVerification.list': 'ListReference',
  'Credits.limits': 'CreditLimits',
  'Credits.limits.lists': 'Allowance',
  'Credits.limits.free_answers': 'FreeAnswers',
  'LedgerLine.cause': 'LedgerCause',
  'Usage.data': 'UsageGroup',
  'Delivery.history': 'DeliveryAttempt',
  'Feedback.error': 'FeedbackError',
};

/** Types that the schema can't express. */
const TYPES: Readonly<Record<string, Type>> = { 'Feedback.refund.reason': { kind: 'string' } };

interface JsonSchema {
  type?: string | string[];
  enum?: string[];
  const?: string;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
}

const schemaOf = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null);

const DEFINITIONS = z.object({ $defs: z.record(z.string(), z.unknown()).default({}) });
const REFERENCE_START = '#/$defs/';
const REFERENCE = z.object({ $ref: z.string().startsWith(REFERENCE_START) });

/** Inlines the API's named schemas in place of references to them; a schema that contains itself becomes any JSON. */
function withoutReferences(document: unknown): JsonSchema {
  const { $defs } = DEFINITIONS.parse(document);
  const holdsItself = (name: string): boolean => JSON.stringify($defs[name]).includes(JSON.stringify(REFERENCE_START + name));
  const inline = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inline);
    if (typeof value !== 'object' || value === null) return value;
    const name = REFERENCE.safeParse(value).data?.$ref.slice(REFERENCE_START.length);
    if (name !== undefined) return holdsItself(name) ? {} : inline($defs[name]);
    const entries = Object.entries(value).filter(([key]) => key !== '$defs');
    return Object.fromEntries(entries.map(([key, each]) => [key, inline(each)]));
  };
  return schemaOf.parse(inline(document));
}

export function readModels(): Model[] {
  const reader = new ModelReader();
  for (const [name, schemas] of Object.entries(ANSWERS)) reader.readAnswer(name, schemas);
  return reader.models;
}

const pascal = (word: string): string => word.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
const isNull = (schema: JsonSchema): boolean => schema.type === 'null';

class ModelReader {
  readonly models: Model[] = [];

  readAnswer(name: string, schemas: readonly z.ZodType[]): void {
    const parts = schemas.map((schema) => withoutReferences(z.toJSONSchema(schema, { unrepresentable: 'any' })));
    const model: Model = { name, fields: [] };
    this.models.push(model);
    model.fields = this.mergedFields(name, parts);
  }

  /** A field that is not in all parts, or not required by one, may be absent. */
  private mergedFields(path: string, parts: readonly JsonSchema[]): Field[] {
    const names = new Set(parts.flatMap((part) => Object.keys(part.properties ?? {})));
    return [...names].map((name) => {
      const found = parts.flatMap((part) => part.properties?.[name] ?? []);
      const isRequired = parts.every((part) => part.required?.includes(name) ?? false) && !SOMETIMES.includes(`${path}.${name}`);
      const words = found.flatMap((schema) => schema.enum ?? schema.const ?? []);
      const schema = found.length > 1 && words.length > 0 ? { enum: [...new Set(words)] } : (found[0] ?? {});
      const type = TYPES[`${path}.${name}`] ?? this.typeOf(`${path}.${name}`, schema);
      return { name, type, isNullable: isNullable(schema), isAbsent: !isRequired };
    });
  }

  private typeOf(path: string, schema: JsonSchema): Type {
    const { anyOf, items } = schema;
    if (anyOf) return this.typeOf(path, anyOf.find((one) => !isNull(one)) ?? {});
    const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
    if (words) return { kind: 'words', name: nameOfWords(words), words };
    if (items) return { kind: 'array', of: this.typeOf(path, items) };
    const fields = this.fieldsOf(path, schema);
    if (fields) return { kind: 'model', name: this.nameOf(path, fields) };
    const { additionalProperties: values } = schema;
    if (typeof values === 'object') return { kind: 'map', of: this.typeOf(path, values) };
    const type = [schema.type ?? []].flat().find((one) => one !== 'null');
    if (type === 'integer') return { kind: 'int' };
    if (type === 'boolean') return { kind: 'bool' };
    return type === 'string' || type === 'number' ? { kind: type } : { kind: 'json' };
  }

  /** The fields of an object, or of a map whose keys are all known. */
  private fieldsOf(path: string, schema: JsonSchema): Field[] | null {
    if (schema.properties) return this.mergedFields(path, [schema]);
    const { propertyNames, required = [], additionalProperties: value } = schema;
    if (!propertyNames?.enum || propertyNames.enum.length !== required.length || typeof value !== 'object') return null;
    return required.map((name) => ({
      name,
      type: this.typeOf(`${path}.${name}`, value),
      isNullable: isNullable(value),
      isAbsent: false,
    }));
  }

  private nameOf(path: string, fields: Field[]): string {
    const same = this.models.find((model) => JSON.stringify(model.fields) === JSON.stringify(fields));
    if (same) return same.name;
    const name = NAMES[path] ?? path.split('.').map(pascal).join('');
    this.models.push({ name, fields });
    return name;
  }
}

const isNullable = ({ anyOf, type }: JsonSchema): boolean =>
  (anyOf?.some(isNull) ?? false) || (Array.isArray(type) && type.includes('null'));

/** A subset of a set's words, such as the final statuses, gets the set's name. */
function nameOfWords(words: readonly string[]): string | null {
  const isMeant = ([, all]: [string, readonly string[]]): boolean =>
    words.every((word) => all.includes(word)) && (words.length > 3 || words.length === all.length);
  const [name = null] = Object.entries(WORDS).find(isMeant) ?? [];
  return name;
}
