// Generates the API reference from the OpenAPI document that `/v1/openapi.json` serves: one page that lists all calls, and a page for each
// tag with the anchor, parameters, answers, examples and errors of its calls. Nothing is added that the document does not say.
import { openApiDocument } from '@/app/api/v1/openapi.json/document';
import { calls, code, table, text, type Block, type DocsPage, type DocsSection } from './docs-page';
import { documentSchema, fieldsOf, typeWords, type DocumentOperation, type OpenApi, type Schema } from './openapi-words';

const PROBLEM = 'application/problem+json';

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

const TAGS = apiDocument.tags.map(({ name, description }) => ({
  name,
  description,
  path: `${INDEX}/${name.toLowerCase()}`,
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
  sections: tag.calls.map(sectionOf),
}));

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
          ? 'Anyone can make this call, without a key.'
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
    `${typeWords(parameter.schema, apiDocument)}, in the ${parameter.in}`,
    [parameter.required ? 'Required.' : '', parameter.description ?? parameter.schema?.description ?? ''].join(' ').trim(),
  ]);
  return [table(`Parameters of ${operationId}`, ['Parameter', 'Type', 'Meaning'], rows)];
}

function bodyBlocks({ operationId, requestBody }: DocumentOperation): readonly Block[] {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || content === undefined) return [];
  return [
    text(`The body is \`${type}\`${requestBody?.required === true ? '' : ', and is optional'}.`),
    ...fieldBlocks(`Body of ${operationId}`, content.schema, 'Required'),
    ...exampleBlocks(`Example body of ${operationId}`, content.example),
  ];
}

function answerBlocks({ operationId, responses }: DocumentOperation): readonly Block[] {
  return Object.entries(responses)
    .filter(([status]) => status < '400')
    .flatMap(([status, { description, content }]) => {
      const json = content['application/json'];
      return [
        text(`**${status}** ${description}`),
        ...fieldBlocks(`Answer ${status} of ${operationId}`, json?.schema, 'Always present'),
        ...exampleBlocks(`Example answer ${status} of ${operationId}`, json?.example),
      ];
    });
}

function fieldBlocks(label: string, schema: Schema | undefined, presence: string): readonly Block[] {
  const fields = fieldsOf(schema, apiDocument);
  if (fields.length === 0) return [];
  const rows = fields.map(({ name, type, isRequired, meaning }) => [`\`${name}\``, type, isRequired ? 'yes' : 'no', meaning]);
  // Many answers describe none of their fields. An empty column is left out.
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
