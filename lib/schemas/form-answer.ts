// Makes a form's answer from what came of it. Nothing that was typed is sent back: the form still has it.
import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import { IDLE_FORM, type FormState } from './form-state';

export const formDone = (message: string | null = null): FormState => ({ ...IDLE_FORM, status: 'done', message });

export function formFailed(problem: AppError | z.ZodError): FormState {
  if (problem instanceof AppError) {
    const isAtField = Object.keys(problem.fields).length > 0;
    return {
      status: 'failed',
      message: isAtField ? null : problem.message,
      fields: problem.fields,
      retryAfterS: problem.retryAfterS,
    };
  }
  // The first problem of each field; one that belongs to no field stands over the form.
  const fields = Object.fromEntries(problem.issues.toReversed().map((issue) => [String(issue.path[0] ?? 'form'), issue.message]));
  return { status: 'failed', message: fields.form ?? null, fields, retryAfterS: null };
}
