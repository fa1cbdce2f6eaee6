'use client';

// Calls the server from a button or a form. Answers are passed on. If the server can't be reached or fails, the result is a sentence
// instead of an error page, so that typed text stays and can be sent again.
import { unstable_rethrow } from 'next/navigation';
import { useState, useTransition, type SyntheticEvent } from 'react';
import { toast } from 'sonner';
import { IDLE_FORM, type FormAction, type FormState } from '@/lib/platform/form-state';

const UNREACHABLE = 'We couldn’t reach the server. Nothing you entered is lost: try again in a moment.';
const FAILED = 'Something went wrong on our side. Nothing you entered is lost: try again in a moment.';

export async function reach<T, U>(work: () => Promise<T>, instead: (problem: string) => U): Promise<T | U> {
  try {
    return await work();
  } catch (error) {
    // Next signals redirects as exceptions.
    unstable_rethrow(error);
    // An error on the server carries a digest; a fetch that never arrived has none.
    return instead(error instanceof Error && 'digest' in error ? FAILED : UNREACHABLE);
  }
}

/** The data that a form submits, including the name and value of the pressed button. */
export function formDataOf(event: SyntheticEvent<HTMLFormElement>): FormData {
  const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
  return new FormData(event.currentTarget, submitter);
}

interface ServerAction<T> {
  state: FormState<T>;
  isBusy: boolean;
  onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void;
  /** The same without a form in the page. */
  send: (form: FormData) => void;
}

/**
 * A form with a server action whose answer is a state. Submitted by hand, because React clears a form with an `action` even if it was
 * refused.
 */
export function useServerAction<T>(action: FormAction<T>): ServerAction<T> {
  const [state, setState] = useState<FormState<T>>(IDLE_FORM);
  const [isBusy, startTransition] = useTransition();
  const send = (form: FormData) =>
    startTransition(async () => {
      const next = await reach(
        () => action(state, form),
        (problem) => {
          toast.error(problem);
          return state;
        },
      );
      startTransition(() => setState(next));
    });
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(formDataOf(event));
  };
  return { state, isBusy, onSubmit, send };
}
