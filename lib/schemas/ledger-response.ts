// What API v1 answers about the ledger and usage: the shapes that clients may rely on. Fields are only ever added.
import { z } from 'zod';
import { CAUSE_TYPES } from '@/lib/domain/ledger';
import { LEDGER_KINDS } from '@/lib/domain/ledger-view';
import { USAGE_GROUPS } from '@/lib/domain/usage';
import { FINAL_STATUSES } from '@/lib/domain/verdict';

export const ledgerLineSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(LEDGER_KINDS),
  /** Signed change of the balance; of `hold` what is held, of `release` what went back. */
  amount: z.int(),
  cause: z.strictObject({ type: z.enum(CAUSE_TYPES), id: z.string().nullable() }),
  api_key_id: z.string().nullable(),
  created_at: z.iso.datetime(),
});
export type LedgerLineAnswer = z.infer<typeof ledgerLineSchema>;

export const ledgerAnswerSchema = z.strictObject({ data: z.array(ledgerLineSchema), next_cursor: z.string().nullable() });

const count = z.int().min(0);
const sums = { answers: count, credits: count, counts: z.record(z.enum(FINAL_STATUSES), count) };

export const usageAnswerSchema = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  group_by: z.enum(USAGE_GROUPS),
  /** `group`: a day, the id of a key (null: none, the app asked), a status or a reason. */
  data: z.array(z.strictObject({ group: z.string().nullable(), name: z.string().nullable(), ...sums })),
  totals: z.strictObject(sums),
});
export type UsageAnswer = z.infer<typeof usageAnswerSchema>;
