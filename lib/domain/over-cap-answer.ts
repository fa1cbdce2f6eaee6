// The answer where our own cap of probes at a target domain is reached: an honest unknown that says whose limit it is.
import type { EngineAnswer } from './answer';
import { PROBES_A_DOMAIN_AN_HOUR } from './limits';
import { unaskedAnswer } from './unasked-answer';

export function overCapAnswer(email: string, now: number): EngineAnswer {
  const text = `Our own limit of ${PROBES_A_DOMAIN_AN_HOUR} checks of one domain an hour, over all customers, is reached; its mail host was not asked.`;
  return unaskedAnswer({ email, reason: 'rate_limited', text, rule: 'own-domain-cap', now, layers: [] });
}
