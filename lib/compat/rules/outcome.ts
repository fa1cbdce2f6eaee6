// The input for other services' words: one address with its verdict, from a single check or from a row of a list.
import type { ListView } from '@/lib/lists/rules/view';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { type Flags, isReason, type Reason } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';

export interface Outcome {
  /** The address as received. */
  email: string;
  reason: Reason;
  score: number | null;
  flags: Flags;
  didYouMean: string | null;
  mxHost: string | null;
  provider: string | null;
  /** From a test key: the vendor's own test addresses apply. */
  test: boolean;
  durationMs: number;
}

/** An answer that was not ready in time is the vendor's timeout. One that the host postponed is greylisted there. */
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

/** The list was read but not started although that was requested: no column contains addresses, or the credits don't cover it. */
export const isStuck = ({ status, failureDetail }: ListView): boolean => status === 'ready' && failureDetail !== null;

/** A list's answers so far, counted by another service's words. `zero` names the words. */
export function countBy<Word extends string>(
  { progress }: ListView,
  wordOf: (reason: Reason) => Word,
  zero: Readonly<Record<Word, number>>,
): Record<Word, number> {
  const counts: Record<Word, number> = { ...zero };
  for (const [reason, rows = 0] of Object.entries(progress.countsByReason)) if (isReason(reason)) counts[wordOf(reason)] += rows;
  return counts;
}

/** How much of a list is done, 0–1. */
export function shareDone({ status, progress: { processed, total } }: ListView): number {
  if (status === 'completed') return 1;
  return total === 0 ? 0 : processed / total;
}

/** The parts of an address, even of a text that is not one. */
export function partsOf(email: string): { local: string; domain: string } {
  const at = email.lastIndexOf('@');
  return at === -1 ? { local: email, domain: '' } : { local: email.slice(0, at), domain: email.slice(at + 1).toLowerCase() };
}

/** The local part and its +tag in lower case, by which a test address is recognized. */
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
