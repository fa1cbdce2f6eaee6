// What a form's server action answers, as the form in the browser sees it. Nothing that was typed is sent back: the form still
// has it.
import { z } from 'zod';
import { AppError } from './errors';

export interface FormState {
  status: 'idle' | 'done' | 'failed';
  /** A sentence above the form, for a problem that no single field has. */
  message: string | null;
  fields: Readonly<Record<string, string>>;
  retryAfterS: number | null;
}

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

export const IDLE_FORM: FormState = { status: 'idle', message: null, fields: {}, retryAfterS: null };

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
  // The first problem of each field; one that belongs to no field is shown above the form.
  const fields = Object.fromEntries(problem.issues.toReversed().map((issue) => [String(issue.path[0] ?? 'form'), issue.message]));
  return { status: 'failed', message: fields.form ?? null, fields, retryAfterS: null };
}

/**
 * A whole number typed into a form; common separators are ignored. Null if the field was left empty; NaN if it holds no number,
 * so that the service says what is wrong.
 */
export const wholeNumberField = z
  .string()
  .max(30)
  .transform((text) => {
    const digits = text.replace(/[\s,_'’]/g, '');
    if (digits === '') return null;
    return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  });
