// One way from a form or a button to a use case: identify the caller, parse the input by its schema, do the work, and answer in one
// format. An expected refusal, returned or thrown, is an answer: the page stays and the user can try again. Bugs and redirects propagate
// as exceptions for Next to handle.
import 'server-only';
import { z } from 'zod';
import { databaseAway } from '../db/transaction';
import { AppError, describeError } from '../errors';
import { formFailed, formRefused, type ButtonAction, type FormAction, type FormState } from '../form-state';
import { log } from '../log';

/** The outcome of the work: a state, or a refused result. */
export type Outcome<T> = FormState<T> | { ok: false; error: AppError };

type Work<I, C, T> = (input: I, context: C) => Promise<Outcome<T>>;

export interface Actions<C> {
  /** `lists` names the fields that may be sent more than once. For any other field the last value counts. */
  form<I, T = null>(schema: z.ZodType<I>, work: Work<I, C, T>, options?: { lists?: readonly string[] }): FormAction<T>;
  button<I, T = null>(schema: z.ZodType<I>, work: Work<I, C, T>): ButtonAction<I, T>;
}

/** For a form that is only a button. */
export const NO_FIELDS = z.object({});

/**
 * A whole number typed into a form; common separators are ignored. Null if the field was left empty; NaN if it holds no number, so that
 * the use case can say what is wrong.
 */
export const wholeNumberField = z
  .string()
  .max(30)
  .transform((text) => {
    const digits = text.replace(/[\s,_'’]/g, '');
    if (digits === '') return null;
    return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  });

/** The fields that are written back into a refused form. Any other may hold a secret, which no page repeats. */
const REPEATED = ['email', 'terms'];

const typedInto = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) => (REPEATED.includes(name) && typeof value === 'string' ? [[name, value]] : [])),
  );

/** For input that our own pages never send. */
const MADE_UP = 'Something is missing. Reload the page and try again.';

/** `begin` identifies the caller, and redirects a caller without access. */
export function createActions<C>(begin: () => Promise<C>): Actions<C> {
  async function finish<T>(work: (context: C) => Promise<Outcome<T>>, context: C): Promise<FormState<T>> {
    try {
      const outcome = await work(context);
      return 'status' in outcome ? outcome : formFailed(outcome.error);
    } catch (error) {
      const refusal = error instanceof AppError ? error : databaseAway(error);
      if (refusal === null) throw error;
      if (refusal.status >= 500) log('actions').warn({ error: describeError(error) }, 'an action could not be done');
      return formFailed(refusal);
    }
  }
  return {
    form:
      (schema, work, { lists = [] } = {}) =>
      async (_previous, form) => {
        const context = await begin();
        const many = lists.map((name) => [name, form.getAll(name)]);
        const parsed = schema.safeParse({ ...Object.fromEntries(form), ...Object.fromEntries(many) });
        const state = parsed.success ? await finish((who) => work(parsed.data, who), context) : formFailed(parsed.error);
        return state.status === 'failed' ? { ...state, typed: typedInto(form) } : state;
      },
    button: (schema, work) => async (input) => {
      const context = await begin();
      const parsed = schema.safeParse(input);
      return parsed.success ? finish((who) => work(parsed.data, who), context) : formRefused(MADE_UP);
    },
  };
}
