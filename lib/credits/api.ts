// Credits, ledger and usage in API v1: the queries clients may send, and the answers whose shape they may rely on. Fields are
// only ever added.
import { z } from 'zod';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/platform/limits';
import { FINAL_STATUSES } from '@/lib/verdict/verdict';
import { CAUSE_TYPES, LEDGER_KINDS } from './rules/ledger';
import { PLANS } from '@/lib/accounts/rules/plans';
import { isDay, USAGE_GROUPS } from './rules/usage';

const LEDGER_ID = /^(ent|hld)_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a text can be the id of a ledger line at all. */
export const isLedgerId = (text: string): boolean => LEDGER_ID.test(text);

export const ledgerQuerySchema = z.strictObject({
  kind: z.enum(LEDGER_KINDS).optional(),
  cursor: z.string().regex(LEDGER_ID, 'must be a next_cursor of an earlier page').optional(),
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
    /** Signed change of the balance; of a `hold` the amount held, of a `release` the amount given back. */
    amount: z.int(),
    /** The balance once it was booked; null for `hold` and `release`, which leave it unchanged. */
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
    /** `group`: a day, the id of a key (null: none, the app asked), a status or a reason. */
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
      /** Of test keys; these count separately. */
      test_lists: allowance,
      /** Today's answers that cost nothing although a server was asked. Once used up, checks are refused and lists pause until `resets_at`. */
      free_answers: z.strictObject({ used: count, allowed: count, resets_at: z.iso.datetime() }),
    }),
  })
  .meta({ id: 'Credits' });
export type CreditsAnswer = z.infer<typeof creditsAnswerSchema>;
