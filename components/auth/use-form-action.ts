'use client';

import { useActionState, useEffect, useRef, useState, useTransition, type SyntheticEvent, type RefObject } from 'react';
import { formDataOf, reach } from '@/components/ui/connection/reach';
import { formRefused, IDLE_FORM, type FormAction, type FormState } from '@/lib/platform/form-state';

interface FormProps {
  ref: RefObject<HTMLFormElement | null>;
  action: (form: FormData) => void;
  onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void;
  noValidate: true;
}

/**
 * A form with a server action. When it fails, or the server can't be reached, it keeps what was typed (React would clear it) and moves the
 * focus to the first problem. Browsers without scripts still use React's own way of sending.
 */
export function useFormAction(action: FormAction): { state: FormState; isPending: boolean; formProps: FormProps } {
  const [rendered, dispatch] = useActionState(action, IDLE_FORM);
  const [answered, setAnswered] = useState<FormState | null>(null);
  const [isPending, startTransition] = useTransition();
  const state = answered ?? rendered;
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status === 'failed') ref.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    if (state.status === 'done') ref.current?.reset();
  }, [state]);
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = formDataOf(event);
    startTransition(async () => {
      const next = await reach(() => action(state, form), formRefused);
      startTransition(() => setAnswered(next));
    });
  };
  return { state, isPending, formProps: { ref, action: dispatch, onSubmit, noValidate: true } };
}
