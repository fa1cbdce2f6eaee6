import { expect, it } from 'vitest';
import { requestOf, type TryCall } from './try-it';

const formOf = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(`field-${name}`, value);
  return form;
};

const field = (name: string, place: 'path' | 'query' | 'body') => ({ name, in: place, isRequired: false, placeholder: '' });

it('puts typed values into the path and the query, escaped, and leaves out empty ones', () => {
  const call: TryCall = {
    id: 'listResults',
    method: 'GET',
    path: '/v1/lists/{id}/results',
    summary: '',
    fields: [field('id', 'path'), field('status', 'query'), field('q', 'query')],
  };
  expect(requestOf(call, formOf({ id: '../keys?', status: 'risky', q: ' ' }))).toEqual({
    url: '/v1/lists/..%2Fkeys%3F/results?status=risky',
    body: null,
  });
});

it('puts fields of the body into JSON', () => {
  const call: TryCall = {
    id: 'verifySingle',
    method: 'POST',
    path: '/v1/verify/single',
    summary: '',
    fields: [field('email', 'body')],
  };
  expect(requestOf(call, formOf({ email: 'null-mx@example.com' }))).toEqual({
    url: '/v1/verify/single',
    body: '{"email":"null-mx@example.com"}',
  });
});
