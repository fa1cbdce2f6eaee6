import { describe, expect, it } from 'vitest';
import { hasBody, hasQuery } from '@/lib/accounts/operation';
import { BATCH_MAX_EMAILS, PAGE_SIZE_MAX } from '@/lib/platform/limits';
import { pathOf, TOOLS } from './server';

const GIVEN: Record<string, Record<string, unknown>> = {
  verify_email: { email: 'ann@example.com', policy: 'signup' },
  get_verification: { id: 'ver_1' },
  verify_emails: { emails: ['ann@example.com'], name: 'Autumn' },
  start_list: { list_id: 'lst_1' },
  get_list: { list_id: 'lst_1' },
  get_list_results: { list_id: 'lst_1', status: 'risky', cursor: 'a b', limit: 7 },
  get_domain: { domain: 'example.com' },
  get_credits: {},
};
const toolOf = (name: string) => {
  const found = TOOLS.find((tool) => tool.name === name);
  if (found === undefined) throw new Error(`no tool ${name}`);
  return found;
};

it('each tool has an example here, and a unique name', () => {
  expect(TOOLS.map(({ name }) => name)).toEqual(Object.keys(GIVEN));
});

describe.each(TOOLS.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  it('makes a call that the API accepts', () => {
    const { operation, body, query, ...asked } = tool.toRequest(GIVEN[name]);
    if (hasBody(operation)) expect(operation.body.safeParse(body)).toMatchObject({ success: true });
    else expect(body).toBeUndefined();
    if (hasQuery(operation)) expect(operation.query.safeParse({ ...query })).toMatchObject({ success: true });
    expect(Object.keys(asked.params ?? {})).toEqual(Object.keys(operation.params ?? {}));
  });

  it('only reads if it says so', () => {
    expect(tool.toRequest(GIVEN[name]).operation.method === 'GET').toBe(tool.isReadOnly);
  });

  it('refuses a field that it does not know', () => {
    expect(() => tool.toRequest({ ...GIVEN[name], surprise: 1 })).toThrow();
  });
});

it('puts its arguments into the URL, safely', () => {
  expect(pathOf(toolOf('get_list_results').toRequest(GIVEN.get_list_results))).toBe(
    '/v1/lists/lst_1/results?limit=7&status=risky&cursor=a+b',
  );
  expect(pathOf(toolOf('get_domain').toRequest({ domain: '../keys?x=' }))).toBe('/v1/domains/..%2Fkeys%3Fx%3D');
});

it.each([
  ['verify_emails', { emails: Array.from({ length: BATCH_MAX_EMAILS + 1 }, () => 'a@example.com') }],
  ['verify_emails', { emails: [] }],
  ['get_list_results', { list_id: 'lst_1', limit: PAGE_SIZE_MAX + 1 }],
  ['verify_email', { email: '' }],
])('%s has the API’s limits', (name, given) => {
  expect(() => toolOf(name).toRequest(given)).toThrow();
});
