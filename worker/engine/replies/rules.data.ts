// The rule table in the order in which rules are asked; the first that fires gives the meaning. Order is the design: what
// we said wrong, time that is named, us (relay, limits, sender, client), the recipient, content and policy, time in general
// words, half-words of the recipient, and last the bare status, refusals that name no one, and the code. Unmatched replies stay ambiguous.
import { BLOCK_LIST_RULES, CLIENT_RULES } from './client.data';
import { CONTENT_RULES, POLICY_RULES, PREFERENCE_RULES } from './content.data';
import { CODE_RULES, NAMELESS_RULES, SENDER_STATUS_RULES, STATUS_RULES, WEAK_RECIPIENT_RULES } from './fallback.data';
import { ACCEPTANCE_RULES, PROTOCOL_RULES } from './protocol.data';
import { PROVIDER_CODE_RULES, RECIPIENT_CODE_RULES } from './provider-codes.data';
import { DISABLED_RULES, DOMAIN_RULES, FULL_RULES, UNKNOWN_RULES } from './recipient.data';
import { RELAY_RULES } from './relay.data';
import type { ReplyRule } from './rule';
import { SENDER_RULES } from './sender.data';
import { GREYLIST_RULES, GREYLIST_WAIT_RULES, LIMIT_RULES, TROUBLE_RULES, WEAK_TROUBLE_RULES } from './time.data';

export const REPLY_RULES: readonly ReplyRule[] = [
  ...ACCEPTANCE_RULES,
  ...GREYLIST_RULES,
  ...PROTOCOL_RULES,
  ...TROUBLE_RULES,
  ...LIMIT_RULES,
  ...RELAY_RULES,
  ...PREFERENCE_RULES,
  ...BLOCK_LIST_RULES,
  ...SENDER_RULES,
  ...PROVIDER_CODE_RULES,
  ...CLIENT_RULES,
  ...SENDER_STATUS_RULES,
  ...RECIPIENT_CODE_RULES,
  ...FULL_RULES,
  ...GREYLIST_WAIT_RULES,
  ...DISABLED_RULES,
  ...DOMAIN_RULES,
  ...UNKNOWN_RULES,
  ...CONTENT_RULES,
  ...POLICY_RULES,
  ...WEAK_TROUBLE_RULES,
  ...WEAK_RECIPIENT_RULES,
  ...STATUS_RULES,
  ...NAMELESS_RULES,
  ...CODE_RULES,
];
