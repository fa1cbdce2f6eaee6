// API keys in API v1: the requests and answers about them, and the calls themselves. A secret appears only in the answers to creation and
// rotation. The use case decides whether a name, an origin or a network is acceptable, so that the app and the API give the same answer.
import { z } from 'zod';
import { API_BODY_MAX_BYTES, API_KEY_LOCKS_MAX, API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import { NO_BODY, NO_QUERY, type Operation } from './operation';
import { ALL_API_SCOPES, API_KEY_MODES, type ApiKeyView, composeApiKey } from './rules/keys';

const KEY_ID = /^key_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a part of a path can be a key's id at all. */
export const isKeyId = (text: string): boolean => KEY_ID.test(text);

const text = z.string().max(API_BODY_MAX_BYTES);
const words = z.array(z.string().max(1_000)).max(API_KEY_LOCKS_MAX);
const scopes = z.array(z.enum(ALL_API_SCOPES)).min(1);
const budget = z.int().min(1).nullable();
const end = z.iso.datetime({ offset: true }).nullable();

/** Fields left out mean no budget, no end, and use from everywhere. A public key needs an origin. */
const createKeySchema = z.strictObject({
  name: text,
  mode: z.enum(API_KEY_MODES).default('live'),
  scopes,
  expires_at: end.optional(),
  monthly_budget: budget.optional(),
  allowed_ips: words.optional(),
  allowed_origins: words.optional(),
});
export type CreateKeyRequest = z.infer<typeof createKeySchema>;

/** Fields left out stay unchanged. */
const updateKeySchema = z.strictObject({
  name: text.optional(),
  scopes: scopes.optional(),
  expires_at: end.optional(),
  monthly_budget: budget.optional(),
  allowed_ips: words.optional(),
  allowed_origins: words.optional(),
});
export type UpdateKeyRequest = z.infer<typeof updateKeySchema>;

/** For how many hours the current secret keeps working beside the new one. */
const rotateKeySchema = z.strictObject({
  old_hours: z.int().min(API_KEY_ROTATION_HOURS.min).max(API_KEY_ROTATION_HOURS.max).default(API_KEY_ROTATION_HOURS.default),
});
export type RotateKeyRequest = z.infer<typeof rotateKeySchema>;

const moment = z.iso.datetime();

export const keySchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    mode: z.enum(API_KEY_MODES),
    /** The last characters of the secret. */
    last4: z.string(),
    scopes: z.array(z.enum(ALL_API_SCOPES)),
    allowed_ips: z.array(z.string()),
    allowed_origins: z.array(z.string()),
    monthly_budget: z.int().nullable(),
    spent_this_month: z.int(),
    created_at: moment,
    expires_at: moment.nullable(),
    last_used_at: moment.nullable(),
    revoked_at: moment.nullable(),
    /** Set while the secret from before the last rotation still works. */
    old_secret_ends_at: moment.nullable(),
  })
  .meta({ id: 'ApiKey' });
type KeyAnswer = z.infer<typeof keySchema>;

const ID = 'key_01KB7W2D6M3E8T5Y9R1V4H0QXA';

/** A well-formed secret that belongs to nobody. */
const SECRET = composeApiKey('live', '0'.repeat(32));

const AT = '2026-11-29T09:30:00.000Z';

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

const key = { description: 'The key.', schema: keySchema, example: KEY };

export const keyWithSecretSchema = keySchema.extend({ key: z.string() }).meta({ id: 'ApiKeyWithSecret' });

export const toKeyAnswer = (view: ApiKeyView): KeyAnswer => ({
  id: view.id,
  name: view.name,
  mode: view.mode,
  last4: view.last4,
  scopes: view.scopes,
  allowed_ips: view.allowedIps,
  allowed_origins: view.allowedOrigins,
  monthly_budget: view.monthlyBudget,
  spent_this_month: view.spentThisMonth,
  created_at: view.createdAt,
  expires_at: view.expiresAt,
  last_used_at: view.lastUsedAt,
  revoked_at: view.revokedAt,
  old_secret_ends_at: view.oldSecretEndsAt,
});

const shared = { tag: 'Keys', scope: 'keys:admin', query: NO_QUERY } as const;
const ofOne = { ...shared, params: { id: ID } };

const withSecret = { schema: keyWithSecretSchema, example: { ...KEY, key: SECRET } };

export const listKeys = {
  ...shared,
  id: 'listKeys',
  method: 'GET',
  path: '/v1/keys',
  summary: 'List keys',
  description: 'Unrevoked keys first, then the most recently revoked.',
  body: NO_BODY,
  answers: {
    200: { description: 'The keys.', schema: z.strictObject({ data: z.array(keySchema) }), example: { data: [KEY] } },
  },
} satisfies Operation;

export const createKey = {
  ...shared,
  id: 'createKey',
  method: 'POST',
  path: '/v1/keys',
  summary: 'Create a key',
  description:
    'A key cannot create one that may do more: no further scopes, no larger budget, and a test key creates only test keys. The secret is returned only here and by a rotation.',
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
  description: 'Applies from the key’s next request on. Omitted fields stay unchanged.',
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
  description: 'Permanent, from the next request on, for both of its secrets.',
  body: NO_BODY,
  answers: { 200: key },
} satisfies Operation;

export const rotateKey = {
  ...ofOne,
  id: 'rotateKey',
  method: 'POST',
  path: '/v1/keys/{id}/rotate',
  summary: 'Rotate the secret of a key',
  description: 'The current secret keeps working beside the new one for `old_hours`.',
  body: rotateKeySchema,
  bodyExample: { old_hours: 24 },
  isBodyOptional: true,
  answers: { 200: { description: 'The key, with its new secret.', ...withSecret } },
  errors: ['forbidden'],
} satisfies Operation;

export const KEY_OPERATIONS: readonly Operation[] = [listKeys, createKey, getKey, updateKey, revokeKey, rotateKey];
