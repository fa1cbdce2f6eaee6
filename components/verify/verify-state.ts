import type { VerificationView } from '@/lib/verdict/verification';

/** What the verify form knows after a submit. */
export type VerifyState =
  | { kind: 'idle' }
  | { kind: 'started'; view: VerificationView }
  | { kind: 'refused'; problem: 'bad_input' | 'no_credits' | 'too_fast' | 'other'; message: string };

export type VerifyAction = (previous: VerifyState, form: FormData) => Promise<VerifyState>;
