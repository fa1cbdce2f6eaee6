// The filter of a list as queries name it. Spread the fields into a call's own strict object.
import { z } from 'zod';
import { SEARCH_MAX_CHARS } from '@/lib/domain/limits';
import { FINAL_STATUSES, REASONS } from '@/lib/domain/verdict';

export const listFilterFields = {
  status: z.enum(FINAL_STATUSES).optional(),
  reason: z.enum(REASONS).optional(),
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'must be the id of a provider, or none')
    .optional(),
  q: z.string().trim().min(1, 'must not be empty').max(SEARCH_MAX_CHARS).optional(),
} as const;
