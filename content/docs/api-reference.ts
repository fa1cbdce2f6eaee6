// The reference of the API, made of the OpenAPI document that `/v1/openapi.json` serves: each call with an anchor, its parameters, answers,
// examples and errors. Nothing is written here that the document does not say.
import { openApiDocument } from '@/app/api/v1/openapi.json/document';
import { code, table, text, type Block, type DocsPage, type DocsSection } from './docs-page';
import { documentSchema, fieldsOf, typeWords, type DocumentOperation, type OpenApi, type Schema } from './openapi-words';

const PROBLEM = 'application/problem+json';

function readDocument(): OpenApi {
  // The address of the site is not known where pages are made; nothing that is shown depends on it.
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

export const apiReference: DocsPage = {
  path: '/docs/api',
  label: 'API reference',
  title: 'API reference',
  description:
    'Every call of API v1 with its parameters, answers, examples and errors, made from the OpenAPI 3.1 document that the API itself serves.',
  updated: '2026-11-29',
  lead: 'Made from the document that the API serves at [`/v1/openapi.json`](/v1/openapi.json), so the two never differ. Paths are also served below `/api`.',
  sections: API_CALLS.map(sectionOf),
};

function sectionOf({ method, path, operation }: ApiCall): DocsSection {
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
          ? 'Anybody may call it, without a key.'
          : `The key needs the [scope](/docs/authentication#scopes) \`${scope}\`.`,
      ),
      ...parameterBlocks(operation),
      ...bodyBlocks(operation),
      ...answerBlocks(operation),
      ...errorBlocks(operation),
    ],
  };
}

function parameterBlocks({ operationId, parameters }: DocumentOperation): readonly Block[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map((parameter) => [
    `\`${parameter.name}\``,
    parameter.in,
    typeWords(parameter.schema, apiDocument),
    [parameter.required ? 'Required.' : '', parameter.description ?? parameter.schema?.description ?? ''].join(' ').trim(),
  ]);
  return [table(`Parameters of ${operationId}`, ['Parameter', 'In', 'Type', 'Meaning'], rows)];
}

function bodyBlocks({ operationId, requestBody }: DocumentOperation): readonly Block[] {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || content === undefined) return [];
  return [
    text(`The body is \`${type}\`${requestBody?.required === true ? '' : ', and may be left out'}.`),
    ...fieldBlocks(`Body of ${operationId}`, content.schema, 'Required'),
    ...exampleBlocks(`Body of ${operationId}, an example`, content.example),
  ];
}

function answerBlocks({ operationId, responses }: DocumentOperation): readonly Block[] {
  return Object.entries(responses)
    .filter(([status]) => status < '400')
    .flatMap(([status, { description, content }]) => {
      const json = content['application/json'];
      return [
        text(`**${status}** ${description}`),
        ...fieldBlocks(`Answer ${status} of ${operationId}`, json?.schema, 'Always there'),
        ...exampleBlocks(`Answer ${status} of ${operationId}, an example`, json?.example),
      ];
    });
}

function fieldBlocks(label: string, schema: Schema | undefined, presence: string): readonly Block[] {
  const fields = fieldsOf(schema, apiDocument);
  if (fields.length === 0) return [];
  const rows = fields.map(({ name, type, isRequired, meaning }) => [`\`${name}\``, type, isRequired ? 'yes' : 'no', meaning]);
  // Many answers have no words of their own for any field: a column of nothing is left out.
  const hasMeanings = fields.some(({ meaning }) => meaning !== '');
  const head = ['Field', 'Type', presence, ...(hasMeanings ? ['Meaning'] : [])];
  return [
    table(
      label,
      head,
      rows.map((row) => row.slice(0, head.length)),
    ),
  ];
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
