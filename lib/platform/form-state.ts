// A server action's answer, as the form or button in the browser sees it. All actions use this one shape.
import type { z } from 'zod';
import { AppError, type ErrorCode } from './errors';

export interface FormState<T = null> {
  status: 'idle' | 'done' | 'failed';
  /** A sentence above the form: what was done, or a problem that belongs to no single field. */
  message: string | null;
  fields: Readonly<Record<string, string>>;
  /** What was typed into a refused form, secrets aside. A browser without scripts gets a new form, and fills it in from here. */
  typed: Readonly<Record<string, string>>;
  retryAfterS: number | null;
  /** The code of the refusal. Null also if the input could not be read. */
  code: ErrorCode | null;
  /** The result, once the work is done. */
  value: T | null;
}

/** React passes the previous answer, which nothing reads. */
export type FormAction<T = null> = (previous: FormState<unknown>, form: FormData) => Promise<FormState<T>>;
/** For a button without a form. */
export type ButtonAction<I, T = null> = (input: I) => Promise<FormState<T>>;

export const IDLE_FORM: FormState<never> = {
  status: 'idle',
  message: null,
  fields: {},
  typed: {},
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
  // Keeps the first problem of each field. One that belongs to no field is shown above the form.
  const fields = Object.fromEntries(problem.issues.toReversed().map((issue) => [String(issue.path[0] ?? 'form'), issue.message]));
  return { ...IDLE_FORM, status: 'failed', message: fields.form ?? null, fields };
}

/** What went wrong, in one sentence, for a place without fields. Null if nothing did. */
export const problemOf = ({ status, message, fields }: FormState<unknown>): string | null =>
  status === 'failed' ? (message ?? Object.values(fields)[0] ?? 'That did not work.') : null;
