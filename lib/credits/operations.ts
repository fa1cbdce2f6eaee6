// The calls of API v1 about credits, and the table of what costs one.
import { z } from 'zod';
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import { FINAL_STATUSES, REASONS } from '@/lib/verdict/verdict';
import { creditsAnswerSchema, ledgerAnswerSchema, ledgerQuerySchema, usageAnswerSchema, usageQuerySchema } from './api';

const CREDITS = 'Credits';

export const getCredits = {
  id: 'getCredits',
  method: 'GET',
  path: '/v1/credits',
  tag: CREDITS,
  summary: 'Get the balance',
  description: 'What can be spent now, what running work holds, and how much of the plan’s limits is used.',
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
  summary: 'List the ledger',
  description: 'Everything that moved credits, newest first.',
  scope: 'credits:read',
  query: ledgerQuerySchema,
  queryExample: { kind: 'capture', limit: 25 },
  body: NO_BODY,
  answers: {
    200: {
      description: 'A page of lines.',
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
  summary: 'Get the usage',
  description: 'What was answered in a range of days (UTC), and the credits it cost.',
  scope: 'credits:read',
  query: usageQuerySchema,
  queryExample: { from: '2026-11-01', to: '2026-11-29', group_by: 'day' },
  body: NO_BODY,
  answers: {
    200: {
      description: 'Sums by group, and in total.',
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
  summary: 'List the reasons',
  description: 'Every reason of a verdict with its status, and whether it costs a credit. Anybody may read it, without a key.',
  scope: null,
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: {
      description: 'All of them.',
      schema: z.strictObject({
        data: z.array(z.strictObject({ reason: z.enum(REASONS), status: z.enum(FINAL_STATUSES), charged: z.boolean() })),
      }),
      example: { data: [{ reason: 'mailbox_exists', status: 'deliverable', charged: true }] },
    },
  },
} satisfies Operation;

export const CREDIT_OPERATIONS: readonly Operation[] = [getCredits, listLedger, getUsage, listReasons];
