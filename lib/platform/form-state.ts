// What a server action answers, as the form or button in the browser sees it: one shape for all of them. Nothing that was typed is sent
// back: the form still has it.
import type { z } from 'zod';
import { AppError, type ErrorCode } from './errors';

export interface FormState<T = null> {
  status: 'idle' | 'done' | 'failed';
  /** A sentence above the form: what was done, or a problem that no single field has. */
  message: string | null;
  fields: Readonly<Record<string, string>>;
  retryAfterS: number | null;
  /** Which refusal it was; null also where what was sent could not be read. */
  code: ErrorCode | null;
  /** What came of it, once it is done. */
  value: T | null;
}

/** React passes the previous answer, and nothing reads it. */
export type FormAction<T = null> = (previous: FormState<unknown>, form: FormData) => Promise<FormState<T>>;
/** Of a button without a form. */
export type ButtonAction<I, T = null> = (input: I) => Promise<FormState<T>>;

export const IDLE_FORM: FormState<never> = {
  status: 'idle',
  message: null,
  fields: {},
  retryAfterS: null,
  code: null,
  value: null,
};

export const formDone = (message: string | null = null): FormState<never> => ({ ...IDLE_FORM, status: 'done', message });
export const formGave = <T>(value: T): FormState<T> => ({ ...IDLE_FORM, status: 'done', value });
export const formRefused = (message: string): FormState<never> => ({ ...IDLE_FORM, status: 'failed', message });

export function formFailed(problem: AppError | z.ZodError): FormState<never> {
  if (problem instanceof AppError) {
    const { code, fields, message, retryAfterS } = problem;
    const isAtField = Object.keys(fields).length > 0;
    return { ...IDLE_FORM, status: 'failed', message: isAtField ? null : message, fields, retryAfterS, code };
  }
  // The first problem of each field; one that belongs to no field is shown above the form.
  const fields = Object.fromEntries(problem.issues.toReversed().map((issue) => [String(issue.path[0] ?? 'form'), issue.message]));
  return { ...IDLE_FORM, status: 'failed', message: fields.form ?? null, fields };
}

/** What went wrong in one sentence, for a place that has no fields; null where nothing did. */
export const problemOf = ({ status, message, fields }: FormState<unknown>): string | null =>
  status === 'failed' ? (message ?? Object.values(fields)[0] ?? 'That did not work.') : null;
