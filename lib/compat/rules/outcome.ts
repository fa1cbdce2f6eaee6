// What other services' words are made of: one address with its verdict, from a single check or from a row of a list.
import type { ListView } from '@/lib/lists/rules/view';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import type { Flags, Reason } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';

export interface Outcome {
  /** As it came. */
  email: string;
  reason: Reason;
  score: number | null;
  flags: Flags;
  didYouMean: string | null;
  mxHost: string | null;
  provider: string | null;
  /** Of a test key: the vendor's own test addresses have their say. */
  test: boolean;
  durationMs: number;
}

/** An answer that was not ready in time is the vendor's time-out; one that the host puts off is greylisted there. */
export function outcomeOf(view: VerificationView): Outcome {
  const waits = view.evidence.some(({ meaning }) => meaning === 'greylisted') ? 'greylisted' : 'timeout';
  return {
    email: view.input,
    reason: view.status === 'pending' ? waits : (view.reason ?? 'internal_error'),
    score: view.score,
    flags: view.flags,
    didYouMean: view.didYouMean,
    mxHost: view.mx.host,
    provider: view.mx.provider,
    test: view.test,
    durationMs: view.durationMs ?? 0,
  };
}

/** Read, and not started although that was asked for: no column holds addresses, or the credits don't cover it. */
export const isStuck = ({ status, failureDetail }: ListView): boolean => status === 'ready' && failureDetail !== null;

/** The parts of an address, also of one that is none. */
export function partsOf(email: string): { local: string; domain: string } {
  const at = email.lastIndexOf('@');
  return at === -1 ? { local: email, domain: '' } : { local: email.slice(0, at), domain: email.slice(at + 1).toLowerCase() };
}

/** The local part and its +tag, in lower case: what a test address is recognized by. */
export function wordsOf(email: string): string[] {
  const local = partsOf(email).local.toLowerCase();
  const plus = local.indexOf('+');
  return plus === -1 ? [local] : [local, local.slice(plus + 1)];
}

/** For a row whose verdict did not come in time. */
export const unanswered = (email: string, test: boolean): Outcome => ({
  email,
  reason: 'timeout',
  score: null,
  flags: NO_FLAGS_KNOWN,
  didYouMean: null,
  mxHost: null,
  provider: null,
  test,
  durationMs: 0,
});
