// The rules that are asked before anything is read, in their order: acceptance, replies that are well known, and the codes
// of providers, those about us before those about the mailbox. The first that fires speaks.
import { ACCEPTANCE_RULES, KNOWN_RULES } from './known.data';
import { PROVIDER_CODE_RULES, RECIPIENT_CODE_RULES } from './provider-codes.data';
import type { ReplyRule } from './rule';

export const REPLY_RULES: readonly ReplyRule[] = [
  ...ACCEPTANCE_RULES,
  ...KNOWN_RULES,
  ...PROVIDER_CODE_RULES,
  ...RECIPIENT_CODE_RULES,
];
