'use client';

import { startTransition, useActionState, useEffect, useRef, type SyntheticEvent, type RefObject } from 'react';
import { IDLE_FORM, type FormAction, type FormState } from '@/lib/schemas/form-state';

interface FormProps {
  ref: RefObject<HTMLFormElement | null>;
  action: (form: FormData) => void;
  onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void;
  noValidate: true;
}

/** A form with a server action: keeps what was typed when it fails (React would clear it) and moves to the first problem. */
export function useFormAction(action: FormAction): { state: FormState; isPending: boolean; formProps: FormProps } {
  const [state, dispatch, isPending] = useActionState(action, IDLE_FORM);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status === 'failed') ref.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    if (state.status === 'done') ref.current?.reset();
  }, [state]);
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The pressed button's own name and value belong to the form as well.
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    const form = new FormData(event.currentTarget, submitter);
    startTransition(() => dispatch(form));
  };
  return { state, isPending, formProps: { ref, action: dispatch, onSubmit, noValidate: true } };
}
