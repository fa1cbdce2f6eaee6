// What clients ask of a job's results: its filter, and where the page begins.
import { z } from 'zod';
import { CURSOR_MAX_CHARS, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import { SEGMENTS } from '@/lib/domain/list';
import { listFilterFields } from './list-filter';

export const resultsQuerySchema = z.strictObject({
  ...listFilterFields,
  /** By what the job's policy recommends. */
  segment: z.enum(SEGMENTS).optional(),
  cursor: z.string().max(CURSOR_MAX_CHARS, 'must be a cursor of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});
