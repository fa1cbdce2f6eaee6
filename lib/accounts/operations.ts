// The calls of API v1 about API keys.
import { z } from 'zod';
import { createKeySchema, type KeyAnswer, keySchema, keyWithSecretSchema, rotateKeySchema, updateKeySchema } from './api';
import { NO_BODY, NO_QUERY, type Operation } from './operation';
import { composeApiKey } from './rules/keys';

const ID = 'key_01KB7W2D6M3E8T5Y9R1V4H0QXA';
const AT = '2026-11-29T09:30:00.000Z';
/** Well formed, and nobody’s. */
const SECRET = composeApiKey('live', '0'.repeat(32));

const KEY: KeyAnswer = {
  id: ID,
  name: 'Sign-up form',
  mode: 'live',
  last4: SECRET.slice(-4),
  scopes: ['verify:write'],
  allowed_ips: ['203.0.113.0/24'],
  allowed_origins: [],
  monthly_budget: 1_000,
  spent_this_month: 12,
  created_at: AT,
  expires_at: null,
  last_used_at: AT,
  revoked_at: null,
  old_secret_ends_at: null,
};

const shared = { tag: 'Keys', scope: 'keys:admin', query: NO_QUERY } as const;
const ofOne = { ...shared, params: { id: ID } };
const key = { description: 'The key.', schema: keySchema, example: KEY };
const withSecret = { schema: keyWithSecretSchema, example: { ...KEY, key: SECRET } };

export const listKeys = {
  ...shared,
  id: 'listKeys',
  method: 'GET',
  path: '/v1/keys',
  summary: 'List the keys',
  description: 'Those that work first, then the latest that are revoked.',
  body: NO_BODY,
  answers: {
    200: { description: 'All of them.', schema: z.strictObject({ data: z.array(keySchema) }), example: { data: [KEY] } },
  },
} satisfies Operation;

export const createKey = {
  ...shared,
  id: 'createKey',
  method: 'POST',
  path: '/v1/keys',
  summary: 'Create a key',
  description:
    'Never one that may do more than the key that asks: no further scopes, no larger budget, and with a test key test keys only. The secret is in this answer, and in none after it but that of a rotation.',
  body: createKeySchema,
  bodyExample: { name: 'Sign-up form', mode: 'live', scopes: ['verify:write'], monthly_budget: 1_000 },
  answers: { 201: { description: 'The key, with its secret.', ...withSecret } },
  errors: ['forbidden', 'limit_reached'],
} satisfies Operation;

export const getKey = {
  ...ofOne,
  id: 'getKey',
  method: 'GET',
  path: '/v1/keys/{id}',
  summary: 'Get a key',
  body: NO_BODY,
  answers: { 200: key },
} satisfies Operation;

export const updateKey = {
  ...ofOne,
  id: 'updateKey',
  method: 'PATCH',
  path: '/v1/keys/{id}',
  summary: 'Change a key',
  description: 'From its next request on. What is left out stays.',
  body: updateKeySchema,
  bodyExample: { allowed_ips: ['203.0.113.0/24'], monthly_budget: null },
  answers: { 200: key },
  errors: ['forbidden'],
} satisfies Operation;

export const revokeKey = {
  ...ofOne,
  id: 'revokeKey',
  method: 'DELETE',
  path: '/v1/keys/{id}',
  summary: 'Revoke a key',
  description: 'For good, from the next request on; both of its secrets.',
  body: NO_BODY,
  answers: { 200: key },
} satisfies Operation;

export const rotateKey = {
  ...ofOne,
  id: 'rotateKey',
  method: 'POST',
  path: '/v1/keys/{id}/rotate',
  summary: 'Rotate the secret of a key',
  description: 'The secret of now works beside the new one for `old_hours`.',
  body: rotateKeySchema,
  bodyExample: { old_hours: 24 },
  isBodyOptional: true,
  answers: { 200: { description: 'The key, with its new secret.', ...withSecret } },
  errors: ['forbidden'],
} satisfies Operation;

export const KEY_OPERATIONS: readonly Operation[] = [listKeys, createKey, getKey, updateKey, revokeKey, rotateKey];
