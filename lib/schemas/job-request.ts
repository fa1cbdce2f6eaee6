// What clients send to the job calls of API v1. Unknown fields are refused: a misspelt option must not be ignored.
import { z } from 'zod';
import { LIST_RETENTION_DAYS, LIST_ROWS_MAX, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import { LIST_STATES, START_MODES } from '@/lib/domain/list';

const JOB_ID = /^job_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether a part of a path can be the id of a job at all. */
export const isJobId = (id: string): boolean => JOB_ID.test(id);

export const jobsQuerySchema = z.strictObject({
  state: z.enum(LIST_STATES).optional(),
  cursor: z.string().regex(JOB_ID, 'must be a next_cursor of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

const creditCap = z.int().min(1).max(LIST_ROWS_MAX).nullable().optional();

/** In full unless told otherwise: the most it can cost is held before the first question. */
export const startJobSchema = z.strictObject({ mode: z.enum(START_MODES).default('full'), credit_cap: creditCap });
export type StartJob = z.infer<typeof startJobSchema>;

export const resumeJobSchema = z.strictObject({ credit_cap: creditCap });
export type ResumeJob = z.infer<typeof resumeJobSchema>;

/** What can be changed of a job that exists. */
export const changeJobSchema = z.strictObject({
  retention_days: z.int().min(LIST_RETENTION_DAYS.min).max(LIST_RETENTION_DAYS.max),
});

export const noJobFieldsSchema = z.strictObject({});
