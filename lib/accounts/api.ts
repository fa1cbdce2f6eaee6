// API keys in API v1: what clients send about them, and what they are told. A secret is only in the answers to creation and rotation.
// Whether a name, an origin or a network is acceptable is for the use case to say, so that the app and the API say the same.
import { z } from 'zod';
import { API_BODY_MAX_BYTES, API_KEY_LOCKS_MAX, API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import { ALL_API_SCOPES, API_KEY_MODES, type ApiKeyView } from './rules/keys';

const KEY_ID = /^key_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether part of a path can be the id of a key at all. */
export const isKeyId = (text: string): boolean => KEY_ID.test(text);

const text = z.string().max(API_BODY_MAX_BYTES);
const words = z.array(z.string().max(1_000)).max(API_KEY_LOCKS_MAX);
const scopes = z.array(z.enum(ALL_API_SCOPES)).min(1);
const budget = z.int().min(1).nullable();
const end = z.iso.datetime({ offset: true }).nullable();

/** Left out: no budget, no end, and usable from everywhere; a public key needs an origin. */
export const createKeySchema = z.strictObject({
  name: text,
  mode: z.enum(API_KEY_MODES).default('live'),
  scopes,
  expires_at: end.optional(),
  monthly_budget: budget.optional(),
  allowed_ips: words.optional(),
  allowed_origins: words.optional(),
});
export type CreateKeyRequest = z.infer<typeof createKeySchema>;

/** What is left out stays. */
export const updateKeySchema = z.strictObject({
  name: text.optional(),
  scopes: scopes.optional(),
  expires_at: end.optional(),
  monthly_budget: budget.optional(),
  allowed_ips: words.optional(),
  allowed_origins: words.optional(),
});
export type UpdateKeyRequest = z.infer<typeof updateKeySchema>;

/** For how many hours the secret of now works beside the new one. */
export const rotateKeySchema = z.strictObject({
  old_hours: z.int().min(API_KEY_ROTATION_HOURS.min).max(API_KEY_ROTATION_HOURS.max).default(API_KEY_ROTATION_HOURS.default),
});
export type RotateKeyRequest = z.infer<typeof rotateKeySchema>;

const moment = z.iso.datetime();

export const keySchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    mode: z.enum(API_KEY_MODES),
    /** The last characters of its secret. */
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
    /** Set while the secret before the last rotation works. */
    old_secret_ends_at: moment.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type KeyAnswer = z.infer<typeof keySchema>;

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
