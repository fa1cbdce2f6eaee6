// Reads the parts of an OpenAPI document that the reference shows, and describes its schemas in words.
import { z } from 'zod';

export interface Schema {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  description?: string | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  format?: string | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
  items?: Schema | undefined;
  anyOf?: Schema[] | undefined;
  oneOf?: Schema[] | undefined;
  allOf?: Schema[] | undefined;
}

const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    format: z.string().optional(),
    properties: z.record(z.string(), schemaSchema).optional(),
    required: z.array(z.string()).optional(),
    items: schemaSchema.optional(),
    anyOf: z.array(schemaSchema).optional(),
    oneOf: z.array(schemaSchema).optional(),
    allOf: z.array(schemaSchema).optional(),
  }),
);

const contentSchema = z
  .record(
    z.string(),
    z.object({
      schema: schemaSchema.optional(),
      example: z.unknown().optional(),
      examples: z.record(z.string(), z.unknown()).optional(),
    }),
  )
  .default({});

const operationSchema = z.object({
  operationId: z.string(),
  tags: z.tuple([z.string()]),
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        description: z.string().optional(),
        schema: schemaSchema.optional(),
        example: z.unknown().optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ required: z.boolean().default(false), content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: contentSchema })),
});
export type DocumentOperation = z.infer<typeof operationSchema>;

export const documentSchema = z.object({
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema).default({}) }),
});
export type OpenApi = z.infer<typeof documentSchema>;

export interface Field {
  name: string;
  type: string;
  isRequired: boolean;
  meaning: string;
}

const NAME = '#/components/schemas/';

function resolve(schema: Schema, { components }: OpenApi): Schema {
  if (schema.$ref?.startsWith(NAME) !== true) return schema;
  return components.schemas[schema.$ref.slice(NAME.length)] ?? schema;
}

/** The fields of an object, each followed by those inside it (`mx.host`, `layers[].name`); none for anything else. */
export function fieldsOf(schema: Schema, document: OpenApi, within = ''): readonly Field[] {
  const { properties = {}, required = [] } = resolve(schema, document);
  return Object.entries(properties).flatMap(([name, field]) => [
    {
      name: `${within}${name}`,
      type: typeWords(field, document),
      isRequired: required.includes(name),
      meaning: field.description ?? resolve(field, document).description ?? '',
    },
    ...partsOf(field).flatMap(({ part, mark }) =>
      part.$ref === undefined ? fieldsOf(part, document, `${within}${name}${mark}.`) : [],
    ),
  ]);
}

/** What a schema consists of, apart from null: its choices, and the items of a list. */
function partsOf(schema: Schema, mark = ''): readonly { part: Schema; mark: string }[] {
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return choices.flatMap((choice) => partsOf(choice, mark));
  return schema.items === undefined ? [{ part: schema, mark }] : partsOf(schema.items, `${mark}[]`);
}

export interface Shape {
  /** The name of a schema that the document defines once; null for one of a single call. */
  name: string | null;
  fields: readonly Field[];
}

/** The objects that a body or an answer can be, and the named ones that their fields refer to: each once. */
export function shapesOf(schema: Schema, document: OpenApi): readonly Shape[] {
  const shapes = partsOf(schema).flatMap(({ part }) => {
    const name = part.$ref?.slice(NAME.length) ?? null;
    const within = Object.values(resolve(part, document).properties ?? {}).flatMap((field) => partsOf(field));
    const named = within.filter((field) => field.part.$ref !== undefined).flatMap((field) => shapesOf(field.part, document));
    return [{ name, fields: fieldsOf(part, document) }, ...named];
  });
  const all = new Map(shapes.map((shape) => [JSON.stringify(shape), shape]));
  return [...all.values()].filter(({ fields }) => fields.length > 0);
}

/** Names and words of the schema stay as they are. */
const pluralOf = (type: string): string =>
  /^(?:string|integer|number|boolean|object|date-time)$/.test(type) ? `${type}s` : type;

/** A schema in a few words: `text`, `number or null`, one of its words, `list of Evidence`. */
export function typeWords(schema: Schema | undefined, document: OpenApi): string {
  if (schema === undefined) return '';
  if (schema.$ref !== undefined) {
    const target = resolve(schema, document);
    return target.enum === undefined ? `\`${schema.$ref.slice(NAME.length)}\`` : typeWords(target, document);
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${String(word)}\``).join(', ');
  // A form may send a field empty, which means that it is absent.
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.filter((choice) => choice.const !== '');
  if (choices !== undefined) return [...new Set(choices.map((choice) => typeWords(choice, document)))].join(' or ');
  if (schema.items !== undefined) return `list of ${pluralOf(typeWords(schema.items, document))}`;
  const types = [schema.type ?? 'anything'].flat();
  return types.map((type) => (type === 'string' && schema.format === 'date-time' ? 'date-time' : type)).join(' or ');
}
