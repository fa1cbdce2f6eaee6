// Credits, ledger and usage in API v1: the queries that clients may send, the answers whose shape they may rely on (fields are
// only ever added), and the calls themselves, with the table of what costs a credit.
import { z } from 'zod';
import { USAGE_MAX_DAYS } from '@/lib/platform/limits';
import { CURSOR_MEANING, limitField, nextCursorField } from '@/lib/platform/pages';
import { FINAL_STATUSES, REASONS } from '@/lib/verdict/verdict';
import { PLANS } from '@/lib/accounts/rules/plans';
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import { CAUSE_TYPES, LEDGER_KINDS } from './rules/ledger';
import { isDay, USAGE_DEFAULT_DAYS, USAGE_GROUPS } from './rules/usage';

const LEDGER_ID = /^(ent|hld)_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a text has the form of the id of a ledger line. */
export const isLedgerId = (text: string): boolean => LEDGER_ID.test(text);

export const ledgerQuerySchema = z.strictObject({
  kind: z.enum(LEDGER_KINDS).optional().describe('Only lines of this kind.'),
  cursor: z.string().regex(LEDGER_ID, 'must be the next_cursor of an earlier page').optional().describe(CURSOR_MEANING),
  limit: limitField,
});

const day = z.string().refine(isDay, 'must be a day like 2026-11-26');

export const usageQuerySchema = z.strictObject({
  from: day.optional().describe(`The first day, as \`YYYY-MM-DD\` (UTC). By default, the range has ${USAGE_DEFAULT_DAYS} days.`),
  to: day.optional().describe(`The last day, at most ${USAGE_MAX_DAYS} days in all. Today by default.`),
  group_by: z.enum(USAGE_GROUPS).default('day').describe('What to sum by; `day` by default.'),
});

export const ledgerLineSchema = z
  .strictObject({
    id: z.string().describe('The id of the line.'),
    kind: z
      .enum(LEDGER_KINDS)
      .describe('What happened: a `hold` sets credits aside, a `capture` charges them, a `release` frees what was not needed.'),
    amount: z
      .int()
      .describe(
        'The signed change of the balance, in credits; for a `hold` the amount held, for a `release` the amount given back.',
      ),
    balance_after: z
      .int()
      .nullable()
      .describe('The balance after this line. Null for `hold` and `release`, which leave it unchanged.'),
    cause: z
      .strictObject({
        type: z.enum(CAUSE_TYPES).describe('What kind of thing it was.'),
        id: z.string().nullable().describe('Its id, like that of the verification or the list. Null if there is none.'),
      })
      .describe('What moved the credits.'),
    api_key_id: z.string().nullable().describe('The key that asked. Null if none did.'),
    created_at: z.iso.datetime().describe('When it was booked.'),
  })
  .meta({ id: 'LedgerLine' });
export type LedgerLineAnswer = z.infer<typeof ledgerLineSchema>;

export const ledgerAnswerSchema = z.strictObject({
  data: z.array(ledgerLineSchema).describe('The lines.'),
  next_cursor: nextCursorField,
});

const count = z.int().min(0);
const sums = {
  answers: count.describe('Answers given.'),
  credits: count.describe('The credits they cost.'),
  counts: z.record(z.enum(FINAL_STATUSES), count).describe('The answers by status.'),
};

export const usageAnswerSchema = z
  .strictObject({
    from: z.iso.date().describe('The first day (UTC).'),
    to: z.iso.date().describe('The last day (UTC).'),
    group_by: z.enum(USAGE_GROUPS).describe('What the sums are by.'),
    data: z
      .array(
        z.strictObject({
          group: z
            .string()
            .nullable()
            .describe('A day, the id of a key, a status or a reason. Null if the app asked, not a key.'),
          name: z.string().nullable().describe('The name of the key. Null for other groups, and if the key is not known.'),
          ...sums,
        }),
      )
      .describe('The sums by group.'),
    totals: z.strictObject(sums).describe('The sums of the whole range.'),
  })
  .meta({ id: 'Usage' });
export type UsageAnswer = z.infer<typeof usageAnswerSchema>;

const used = { used: count.describe('Used now.'), allowed: count.describe('The most that the plan allows.') };
const allowance = z.strictObject(used);

/** The credits, and what the plan allows besides them. */
export const creditsAnswerSchema = z
  .strictObject({
    available: count.describe('Credits available now.'),
    held: count.describe('Credits set aside for running checks and lists.'),
    plan: z.enum(Object.keys(PLANS)).describe('The workspace’s plan.'),
    limits: z
      .strictObject({
        lists: allowance.describe('Lists kept until their rows are deleted. More are refused with `quota_exceeded`.'),
        rows: allowance.describe('Rows of those lists.'),
        bytes: allowance.describe('Bytes of those lists.'),
        test_lists: allowance.describe('Lists of test keys, which count separately.'),
        free_answers: z
          .strictObject({ ...used, resets_at: z.iso.datetime().describe('When the count starts again.') })
          .describe(
            'Today’s free answers for which a server was asked. Once they are used up, checks are refused and lists pause until `resets_at`.',
          ),
      })
      .describe('What the plan allows besides credits.'),
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
        data: z
          .array(
            z.strictObject({
              reason: z.enum(REASONS).describe('The reason.'),
              status: z.enum(FINAL_STATUSES).describe('The status that it belongs to.'),
              charged: z.boolean().describe('Whether an answer with this reason costs a credit.'),
            }),
          )
          .describe('All reasons.'),
      }),
      example: { data: [{ reason: 'mailbox_exists', status: 'deliverable', charged: true }] },
    },
  },
} satisfies Operation;

export const CREDIT_OPERATIONS: readonly Operation[] = [getCredits, listLedger, getUsage, listReasons];
