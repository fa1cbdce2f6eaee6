// What clients ask of the ledger and of usage in API v1.
import { z } from 'zod';
import { LEDGER_KINDS } from '@/lib/domain/ledger-view';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import { isDay, USAGE_GROUPS } from '@/lib/domain/usage';

const LEDGER_ID = /^(ent|hld)_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a text can be the id of a line of the ledger at all. */
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
