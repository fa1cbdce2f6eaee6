// Generates the API reference from the OpenAPI document that `/v1/openapi.json` serves: one page that lists all calls, and a page for each
// tag with the anchor, parameters, answers, examples and errors of its calls. Nothing is added that the document does not say.
import { openApiDocument } from '@/app/api/v1/openapi.json/document';
import { calls, code, table, text, type Block, type DocsPage, type DocsSection } from './docs-page';
import { documentSchema, shapesOf, typeWords, type DocumentOperation, type OpenApi, type Schema } from './openapi-words';

const PROBLEM = 'application/problem+json';
const FIELD_HEAD = ['Field', 'Meaning', 'Type'];

function readDocument(): OpenApi {
  // The site's address is unknown when pages are generated. Nothing that the pages show depends on it.
  return documentSchema.parse(JSON.parse(JSON.stringify(openApiDocument('https://example.com'))));
}

export interface ApiCall {
  method: string;
  path: string;
  operation: DocumentOperation;
}

const apiDocument = readDocument();

export const API_CALLS: readonly ApiCall[] = Object.entries(apiDocument.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

const INDEX = '/docs/api';
const pathOf = (tag: string): string => `${INDEX}/${tag.toLowerCase()}`;

const TAGS = apiDocument.tags.map(({ name, description }) => ({
  name,
  description,
  path: pathOf(name),
  calls: API_CALLS.filter(({ operation }) => operation.tags[0] === name),
}));

export const apiReference: DocsPage = {
  path: INDEX,
  label: 'All calls',
  title: 'API reference',
  description:
    'Every call of API v1 with its parameters, answers, examples and errors, generated from the OpenAPI 3.1 document that the API serves.',
  updated: '2026-11-29',
  lead: 'Generated from the document that the API serves at [`/v1/openapi.json`](/v1/openapi.json), so the two never differ. All paths are also served under `/api`.',
  sections: TAGS.map((tag) => ({
    id: tag.name.toLowerCase(),
    heading: tag.name,
    blocks: [
      text(tag.description),
      calls(
        tag.calls.map(({ method, path, operation: { operationId, summary } }) => ({
          id: operationId,
          method,
          path,
          summary,
          href: `${tag.path}#${operationId}`,
        })),
      ),
    ],
  })),
};

export const apiReferencePages: readonly DocsPage[] = TAGS.map((tag) => ({
  path: tag.path,
  label: tag.name,
  title: `API reference: ${tag.name}`,
  description: `${tag.description} Each call with its parameters, answers, examples and errors, as the API defines them.`,
  updated: apiReference.updated,
  lead: `${tag.description} See also [all calls](${INDEX}), with a console to try them.`,
  sections: sectionsOf(tag.calls),
}));

function sectionsOf(ofPage: readonly ApiCall[]): readonly DocsSection[] {
  const shown: Shown = new Map();
  return ofPage.map((call) => sectionOf(call, shown));
}

function sectionOf({ method, path, operation }: ApiCall, shown: Shown): DocsSection {
  const { operationId, summary, description, security } = operation;
  const [scope] = security.flatMap((one) => Object.values(one).flat());
  return {
    id: operationId,
    heading: summary,
    blocks: [
      { kind: 'call', method, path },
      ...(description === undefined ? [] : [text(description)]),
      text(
        scope === undefined
          ? 'Anyone can make this call, without a key.'
          : `The key needs the [scope](/docs/authentication#scopes) \`${scope}\`.`,
      ),
      ...parameterBlocks(operation),
      ...bodyBlocks(operation, shown),
      ...answerBlocks(operation, shown),
      ...errorBlocks(operation),
    ],
  };
}

function parameterBlocks({ operationId, parameters }: DocumentOperation): readonly Block[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map((parameter) => [
    `\`${parameter.name}\``,
    parameter.description ?? parameter.schema?.description ?? '',
    `${typeWords(parameter.schema, apiDocument)}, in the ${parameter.in}${parameter.required ? '; required' : ''}`,
  ]);
  return [table(`Parameters of ${operationId}`, ['Parameter', 'Meaning', 'Type'], rows)];
}

function bodyBlocks(operation: DocumentOperation, shown: Shown): readonly Block[] {
  const { operationId, requestBody } = operation;
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || content === undefined) return [];
  return [
    text(`The body is \`${type}\`${requestBody?.required === true ? '' : ', and is optional'}.`),
    ...fieldBlocks(`Body of ${operationId}`, { schema: content.schema, note: { required: 'required' }, operation, shown }),
    ...exampleBlocks(`Example body of ${operationId}`, content.example),
  ];
}

function answerBlocks(operation: DocumentOperation, shown: Shown): readonly Block[] {
  const { operationId, responses } = operation;
  return Object.entries(responses)
    .filter(([status]) => status < '400')
    .flatMap(([status, { description, content }]) => {
      const json = content['application/json'];
      return [
        text(`**${status}** ${description}`),
        ...fieldBlocks(`Answer ${status} of ${operationId}`, {
          schema: json?.schema,
          note: { optional: 'not always present' },
          operation,
          shown,
        }),
        ...exampleBlocks(`Example answer ${status} of ${operationId}`, json?.example),
      ];
    });
}

interface Fields {
  schema: Schema | undefined;
  /** What is said of a field that is required, or of one that is not. */
  note: { required?: string; optional?: string };
  operation: DocumentOperation;
  shown: Shown;
}

/** A link to the call under which the page shows a named object. */
type Shown = Map<string, string>;

/** A table for each object. One with a name is shown where the page first needs it, and linked from there on. */
function fieldBlocks(label: string, { schema, note, operation, shown }: Fields): readonly Block[] {
  const { operationId, summary, tags } = operation;
  return shapesOf(schema ?? {}, apiDocument).flatMap(({ name, fields }) => {
    const place = name === null ? undefined : shown.get(name);
    if (place !== undefined) return [text(`The fields of \`${name}\` are under ${place}.`)];
    if (name !== null) shown.set(name, `[${summary}](${pathOf(tags[0])}#${operationId})`);
    const rows = fields.map((field) => [
      `\`${field.name}\``,
      field.meaning,
      [field.type, (field.isRequired ? note.required : note.optional) ?? []].flat().join('; '),
    ]);
    return name === null
      ? [table(label, FIELD_HEAD, rows)]
      : [text(`The fields of \`${name}\`:`), table(`${label}, ${name}`, FIELD_HEAD, rows)];
  });
}

function exampleBlocks(label: string, example: unknown): readonly Block[] {
  return example === undefined ? [] : [code('json', label, JSON.stringify(example, null, 2))];
}

function errorBlocks({ responses }: DocumentOperation): readonly Block[] {
  const errors = Object.entries(responses).flatMap(([status, { content }]) =>
    Object.keys(content[PROBLEM]?.examples ?? {}).map((name) => `${status} [\`${name}\`](/docs/errors#${name})`),
  );
  return errors.length === 0 ? [] : [text(`**Errors.** ${errors.join(', ')}.`)];
}
