// Credits, ledger and usage in API v1: the queries that clients may send, the answers whose shape they may rely on (fields are
// only ever added), and the calls themselves, with the table of what costs a credit.
import { z } from 'zod';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/platform/limits';
import { FINAL_STATUSES, REASONS } from '@/lib/verdict/verdict';
import { PLANS } from '@/lib/accounts/rules/plans';
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import { CAUSE_TYPES, LEDGER_KINDS } from './rules/ledger';
import { isDay, USAGE_GROUPS } from './rules/usage';

const LEDGER_ID = /^(ent|hld)_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a text has the form of the id of a ledger line. */
export const isLedgerId = (text: string): boolean => LEDGER_ID.test(text);

export const ledgerQuerySchema = z.strictObject({
  kind: z.enum(LEDGER_KINDS).optional(),
  cursor: z.string().regex(LEDGER_ID, 'must be the next_cursor of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

const day = z.string().refine(isDay, 'must be a day like 2026-11-26');

export const usageQuerySchema = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  group_by: z.enum(USAGE_GROUPS).default('day'),
});

export const ledgerLineSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(LEDGER_KINDS),
    /** The signed change of the balance; for a `hold` the amount held, for a `release` the amount given back. */
    amount: z.int(),
    /** The balance after this line was booked; null for `hold` and `release`, which leave it unchanged. */
    balance_after: z.int().nullable(),
    cause: z.strictObject({ type: z.enum(CAUSE_TYPES), id: z.string().nullable() }),
    api_key_id: z.string().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'LedgerLine' });
export type LedgerLineAnswer = z.infer<typeof ledgerLineSchema>;

export const ledgerAnswerSchema = z.strictObject({ data: z.array(ledgerLineSchema), next_cursor: z.string().nullable() });

const count = z.int().min(0);
const sums = { answers: count, credits: count, counts: z.record(z.enum(FINAL_STATUSES), count) };

export const usageAnswerSchema = z
  .strictObject({
    from: z.iso.date(),
    to: z.iso.date(),
    group_by: z.enum(USAGE_GROUPS),
    /** `group`: a day, the id of a key (null if the app asked), a status or a reason. */
    data: z.array(z.strictObject({ group: z.string().nullable(), name: z.string().nullable(), ...sums })),
    totals: z.strictObject(sums),
  })
  .meta({ id: 'Usage' });
export type UsageAnswer = z.infer<typeof usageAnswerSchema>;

const allowance = z.strictObject({ used: count, allowed: count });

/** The credits, and what the plan allows besides them. */
export const creditsAnswerSchema = z
  .strictObject({
    /** Available now. */
    available: count,
    /** Set aside for running checks and lists. */
    held: count,
    plan: z.enum(Object.keys(PLANS)),
    limits: z.strictObject({
      /** Kept until their rows are deleted; more are refused with `quota_exceeded`. */
      lists: allowance,
      rows: allowance,
      bytes: allowance,
      /** Lists of test keys; they count separately. */
      test_lists: allowance,
      /**
       * Today's free answers for which a server was asked. Once they are used up, checks are refused and lists pause until
       * `resets_at`.
       */
      free_answers: z.strictObject({ used: count, allowed: count, resets_at: z.iso.datetime() }),
    }),
  })
  .meta({ id: 'Credits' });
export type CreditsAnswer = z.infer<typeof creditsAnswerSchema>;

const CREDITS = 'Credits';

export const getCredits = {
  id: 'getCredits',
  method: 'GET',
  path: '/v1/credits',
  tag: CREDITS,
  summary: 'Get the balance',
  description: 'The credits available now, the credits held by running work, and how much of the plan’s limits is used.',
  scope: 'credits:read',
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: {
      description: 'The balance and the limits.',
      schema: creditsAnswerSchema,
      example: {
        available: 4_310,
        held: 120,
        plan: 'starter',
        limits: {
          lists: { used: 3, allowed: 50 },
          rows: { used: 12_400, allowed: 1_000_000 },
          bytes: { used: 1_843_200, allowed: 524_288_000 },
          test_lists: { used: 0, allowed: 10 },
          free_answers: { used: 210, allowed: 50_000, resets_at: '2026-11-30T00:00:00.000Z' },
        },
      },
    },
  },
} satisfies Operation;

export const listLedger = {
  id: 'listLedger',
  method: 'GET',
  path: '/v1/credits/ledger',
  tag: CREDITS,
  summary: 'List ledger lines',
  description: 'Every movement of credits, newest first.',
  scope: 'credits:read',
  query: ledgerQuerySchema,
  queryExample: { kind: 'capture', limit: 25 },
  body: NO_BODY,
  answers: {
    200: {
      description: 'A page of ledger lines.',
      schema: ledgerAnswerSchema,
      example: {
        data: [
          {
            id: 'ent_01KB7W3K1P5R8S2T6V9X4Z7Y0B',
            kind: 'capture',
            amount: -1,
            balance_after: 4_430,
            cause: { type: 'verification', id: 'ver_01KB7W3J5N8QZ4T6V2X9C1M0RD' },
            api_key_id: 'key_01KB7W2D6M3E8T5Y9R1V4H0QXA',
            created_at: '2026-11-29T09:30:00.000Z',
          },
        ],
        next_cursor: null,
      },
    },
  },
} satisfies Operation;

const SUMS = { answers: 1_204, credits: 1_040, counts: { deliverable: 880, undeliverable: 160, risky: 100, unknown: 64 } };

export const getUsage = {
  id: 'getUsage',
  method: 'GET',
  path: '/v1/usage',
  tag: CREDITS,
  summary: 'Get usage',
  description: 'The answers given in a range of days (UTC), and the credits they cost.',
  scope: 'credits:read',
  query: usageQuerySchema,
  queryExample: { from: '2026-11-01', to: '2026-11-29', group_by: 'day' },
  body: NO_BODY,
  answers: {
    200: {
      description: 'Sums by group and in total.',
      schema: usageAnswerSchema,
      example: {
        from: '2026-11-01',
        to: '2026-11-29',
        group_by: 'day',
        data: [{ group: '2026-11-28', name: null, ...SUMS }],
        totals: SUMS,
      },
    },
  },
} satisfies Operation;

export const listReasons = {
  id: 'listReasons',
  method: 'GET',
  path: '/v1/reasons',
  tag: 'Reference',
  summary: 'List reasons',
  description: 'Every verdict reason with its status and whether it costs a credit. No key is needed.',
  scope: null,
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: {
      description: 'The reasons.',
      schema: z.strictObject({
        data: z.array(z.strictObject({ reason: z.enum(REASONS), status: z.enum(FINAL_STATUSES), charged: z.boolean() })),
      }),
      example: { data: [{ reason: 'mailbox_exists', status: 'deliverable', charged: true }] },
    },
  },
} satisfies Operation;

export const CREDIT_OPERATIONS: readonly Operation[] = [getCredits, listLedger, getUsage, listReasons];
