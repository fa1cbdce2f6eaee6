// What a server action of a form answers, as the form in the browser sees it.

export interface FormState {
  status: 'idle' | 'done' | 'failed';
  /** A sentence over the form, where the problem is no single field's. */
  message: string | null;
  fields: Readonly<Record<string, string>>;
  retryAfterS: number | null;
}

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

export const IDLE_FORM: FormState = { status: 'idle', message: null, fields: {}, retryAfterS: null };
