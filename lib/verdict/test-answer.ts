// Answers for test keys. The address itself names its answer (`mailbox-not-found@…`, `anyone+greylisted@…`, `slow-3000@…`), so that a
// client can be tested without a mail host, a credit or a surprise. Any other valid address is deliverable.
import { parseAddress } from './address';
import { type EngineAnswer, skippedAnswer } from './answer';
import { statusOf, isReason, type FinalStatus, type Flags, type Reason } from './verdict';

const SLOW = /^slow-(\d{1,5})$/;
const SLOW_MAX_MS = 30_000;
const PENDING_MS = 2_000;
/** Words that ask for an HTTP error. The reason follows the status if a status has several reasons. */
export const TEST_ERRORS = ['http-402', 'http-402-budget', 'http-429', 'http-503'] as const;
export type TestError = (typeof TEST_ERRORS)[number];
const SCORES: Record<FinalStatus, number | null> = { deliverable: 95, risky: 50, undeliverable: 5, unknown: null };

/** How long the answer waits, in milliseconds, for `slow-3000` and `pending-then-deliverable`. */
export function testDelayMs(email: string): number {
  const delays = wordsOf(email).map((word) => {
    const slow = SLOW.exec(word)?.[1];
    if (slow !== undefined) return Math.min(Number(slow), SLOW_MAX_MS);
    return word === 'pending-then-deliverable' ? PENDING_MS : 0;
  });
  return Math.max(0, ...delays);
}

/** The HTTP error that the address asks for, to test how a client handles it; null if it asks for none. */
export function testError(email: string): TestError | null {
  const words = wordsOf(email);
  return TEST_ERRORS.find((error) => words.includes(error)) ?? null;
}

export function testAnswer(email: string, now: number): EngineAnswer {
  const parsed = parseAddress(email);
  const named = wordsOf(email)
    .map((word) => word.replaceAll('-', '_'))
    .find(isReason);
  const reason = named ?? (parsed.ok ? 'mailbox_exists' : 'syntax_invalid');
  const text = 'A test key was used: the address itself selects this answer, and no mail host was asked.';
  const verdict = { status: statusOf(reason), reason, score: SCORES[statusOf(reason)], flags: flagsOf(reason) };
  return {
    ...skippedAnswer(email, verdict, 'Not asked with a test key.'),
    evidence: [
      {
        at: new Date(now).toISOString(),
        layer: 'smtp',
        host: null,
        address: null,
        provider: null,
        identity: null,
        stage: 'list',
        code: null,
        enhanced: null,
        text,
        meaning: null,
        rule: 'test-key',
        duration_ms: 0,
        remembered: false,
      },
    ],
    durationMs: testDelayMs(email),
  };
}

/** The local part and its +tag, in lower case. */
function wordsOf(email: string): string[] {
  const local = email.slice(0, Math.max(0, email.lastIndexOf('@'))).toLowerCase();
  const plus = local.indexOf('+');
  return plus === -1 ? [local] : [local, local.slice(plus + 1)];
}

function flagsOf(reason: Reason): Flags {
  return {
    catch_all: reason === 'catch_all',
    disposable: reason === 'disposable',
    relay: false,
    role: reason === 'role_account',
    free: false,
    no_reply: false,
    tagged: false,
    mailbox_full: reason === 'mailbox_full',
    mailbox_disabled: reason === 'mailbox_disabled',
    idn: false,
    security_gateway: false,
  };
}
