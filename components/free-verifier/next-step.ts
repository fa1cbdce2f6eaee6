// What a visitor can do after a verdict: a short title, one sentence, and at most one address to check next. Chosen by status, except for
// reasons that call for something else.
import type { Reason, Status } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';

export interface NextStep {
  title: string;
  text: string;
  /** What a single click checks. */
  check: { address: string; label: string } | null;
}

type Words = Pick<NextStep, 'title' | 'text'>;

const BY_STATUS: Record<Exclude<Status, 'pending'>, Words> = {
  deliverable: { title: 'Safe to send', text: 'Mail to this address should arrive.' },
  risky: { title: 'Decide before you send', text: 'Mail may arrive, and it may bounce. Leave it out of large mailings.' },
  unknown: {
    title: 'Not a no: ask again later',
    text: 'Keep the address and check it again in 15 minutes. Servers that would not say now often do then.',
  },
  undeliverable: { title: 'Do not send', text: 'Mail would bounce. Remove the address, or ask its owner for another one.' },
};

const BY_REASON: Partial<Record<Reason, Words>> = {
  catch_all: {
    title: 'Decide before you send',
    text: 'This domain accepts every name, so only mail itself can tell. Send to people who gave you the address, and watch for bounces.',
  },
  disposable: { title: 'Ask for another address', text: 'Disposable addresses stop working soon, often within the hour.' },
  role_account: {
    title: 'Fine for one message, not for a newsletter',
    text: 'Several people may read this mailbox, and none of them signed up in person.',
  },
  mailbox_full: { title: 'Try again in a few days', text: 'The mailbox exists. Mail bounces until its owner makes room.' },
  typo_domain: { title: 'Check the spelling', text: 'The domain looks like a misspelling of a well-known provider.' },
  syntax_invalid: { title: 'Check the spelling', text: 'No server accepts it as it stands. This check was not counted.' },
  provider_syntax: { title: 'Check the spelling', text: 'The provider has no such names. This check was not counted.' },
  provider_unverifiable: {
    title: 'Nobody can tell in advance',
    text: 'Asking again does not help with this provider. Send to people who gave you the address, and watch for bounces.',
  },
  internal_error: {
    title: 'That was our fault',
    text: 'Nothing is known of the address, and the check was not counted. Try it again.',
  },
};

/** Not worth asking again, whatever the status. */
const IS_SETTLED: readonly Reason[] = ['provider_unverifiable'];

/** Null while the verdict is pending. */
export function nextStepOf({ status, reason, email, didYouMean }: VerificationView): NextStep | null {
  if (status === 'pending') return null;
  const words = (reason === null ? undefined : BY_REASON[reason]) ?? BY_STATUS[status];
  if (didYouMean !== null) {
    const text = status === 'undeliverable' ? `This looks like a typo. Did you mean ${didYouMean}?` : words.text;
    return { title: words.title, text, check: { address: didYouMean, label: `Check ${didYouMean}` } };
  }
  const isWorthAsking = status === 'unknown' && (reason === null || !IS_SETTLED.includes(reason));
  return { ...words, check: isWorthAsking ? { address: email, label: 'Check again' } : null };
}
