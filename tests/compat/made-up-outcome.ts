// An address with a verdict, from which the other services' words are made.
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import type { Reason } from '@/lib/verdict/verdict';
import type { Outcome } from '@/lib/compat/rules/outcome';

export const madeUpOutcome = (reason: Reason, more: Partial<Outcome> = {}): Outcome => ({
  email: 'ann@example.org',
  reason,
  score: 90,
  flags: NO_FLAGS_KNOWN,
  didYouMean: null,
  mxHost: 'mx.example.org',
  provider: null,
  test: false,
  durationMs: 40,
  ...more,
});
