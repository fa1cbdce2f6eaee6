// API keys in API v1: the requests and answers about them, and the calls themselves. A secret appears only in the answers to creation and
// rotation. The use case decides whether a name, an origin or a network is acceptable, so that the app and the API give the same answer.
import { z } from 'zod';
import { API_BODY_MAX_BYTES, API_KEY_LOCKS_MAX, API_KEY_NAME_MAX_CHARS, API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import { NO_BODY, NO_QUERY, type Operation } from './operation';
import { ALL_API_SCOPES, API_KEY_MODES, type ApiKeyView, composeApiKey } from './rules/keys';

const KEY_ID = /^key_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a part of a path can be a key's id at all. */
export const isKeyId = (text: string): boolean => KEY_ID.test(text);

const text = z.string().max(API_BODY_MAX_BYTES);
const words = z.array(z.string().max(1_000)).max(API_KEY_LOCKS_MAX);

const settings = {
  name: text.describe(`The key’s name, up to ${API_KEY_NAME_MAX_CHARS} characters.`),
  scopes: z.array(z.enum(ALL_API_SCOPES)).min(1).describe('What the key may do: its [scopes](/docs/authentication#scopes).'),
  expires_at: z.iso.datetime({ offset: true }).nullable().optional().describe('When it stops working. Null for never.'),
  monthly_budget: z
    .int()
    .min(1)
    .nullable()
    .optional()
    .describe('The most credits that it may spend in a calendar month (UTC). Null for no budget.'),
  allowed_ips: words
    .optional()
    .describe(
      `Addresses and networks that it may be used from, up to ${API_KEY_LOCKS_MAX}, like \`203.0.113.0/24\`. Empty for any.`,
    ),
  allowed_origins: words
    .optional()
    .describe(
      `Origins of pages that it may be used from, up to ${API_KEY_LOCKS_MAX}, like \`https://example.com\`. Empty for any; a public key needs one.`,
    ),
};

/** Fields left out mean no budget, no end, and use from everywhere. */
const createKeySchema = z.strictObject({
  ...settings,
  mode: z
    .enum(API_KEY_MODES)
    .default('live')
    .describe('`test` keys ask no mail server and cost nothing; `pub` keys can be used in public pages. `live` by default.'),
});
export type CreateKeyRequest = z.infer<typeof createKeySchema>;

/** Fields left out stay unchanged. */
const updateKeySchema = z.strictObject({ ...settings, name: settings.name.optional(), scopes: settings.scopes.optional() });
export type UpdateKeyRequest = z.infer<typeof updateKeySchema>;

const { min, max, default: usual } = API_KEY_ROTATION_HOURS;

const rotateKeySchema = z.strictObject({
  old_hours: z
    .int()
    .min(min)
    .max(max)
    .default(usual)
    .describe(
      `For how many hours the current secret keeps working beside the new one: ${min} to ${max}, or ${usual} if left out.`,
    ),
});
export type RotateKeyRequest = z.infer<typeof rotateKeySchema>;

const moment = z.iso.datetime();

export const keySchema = z
  .strictObject({
    id: z.string().describe('The id of the key.'),
    name: z.string().describe('The key’s name.'),
    mode: z.enum(API_KEY_MODES).describe('The kind of key; `pub` keys can be used in public pages.'),
    last4: z.string().describe('The last characters of the secret.'),
    scopes: z.array(z.enum(ALL_API_SCOPES)).describe('What the key may do.'),
    allowed_ips: z.array(z.string()).describe('Networks that it may be used from. Empty for any.'),
    allowed_origins: z.array(z.string()).describe('Origins of pages that it may be used from. Empty for any.'),
    monthly_budget: z
      .int()
      .nullable()
      .describe('The most credits that it may spend in a calendar month (UTC). Null for no budget.'),
    spent_this_month: z.int().describe('Credits that it was charged this month (UTC).'),
    created_at: moment.describe('When it was created.'),
    expires_at: moment.nullable().describe('When it stops working. Null for never.'),
    last_used_at: moment.nullable().describe('When it was last used. Null if it never was.'),
    revoked_at: moment.nullable().describe('When it was revoked. Null if it was not.'),
    old_secret_ends_at: moment
      .nullable()
      .describe('Until when the secret from before the last rotation works. Null if it does not.'),
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

export const keyWithSecretSchema = keySchema
  .extend({ key: z.string().describe('The secret. Store it: it is not shown again.') })
  .meta({ id: 'ApiKeyWithSecret' });

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
    200: {
      description: 'The keys.',
      schema: z.strictObject({ data: z.array(keySchema).describe('The keys.') }),
      example: { data: [KEY] },
    },
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
