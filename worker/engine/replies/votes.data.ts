// What the reader makes of a statement, of a word that stands alone, and of status and code: points for a meaning. Of
// several statements for one meaning the strongest counts; hints are added to it. From 8 points on a word is clear. A status
// is a hint and no more: statuses lie often enough ("5.1.1 … blocked using bl.example.net").
import type { ReplyMeaning } from '@/lib/verdict/evidence';
import type { ClassifierStage } from './rule';
import type { Predicate, Subject } from './words.data';

export type Points = Readonly<Partial<Record<ReplyMeaning, number>>>;

export interface Hint {
  readonly code: RegExp;
  readonly points: Points;
  readonly stages?: readonly ClassifierStage[];
  /** Tested against the status, '' where there is none. */
  readonly enhanced?: RegExp;
  /** Heard only where this, or all of these, were said. */
  readonly beside?: Predicate | readonly Predicate[];
  /** Heard only where little was said. */
  readonly isWeak?: boolean;
}

export const STATEMENTS: Readonly<Partial<Record<Subject, Readonly<Partial<Record<Predicate, Points>>>>>> = {
  wish: {
    refused: { policy_other: 9 },
    blocked: { policy_other: 9 },
    forbidden: { policy_other: 9 },
  },
  recipient: {
    unknown: { mailbox_not_found: 8 },
    mismatch: { mailbox_not_found: 6 },
    down: { temporary_failure: 6, mailbox_not_found: 5 },
    disabled: { mailbox_disabled: 8.2 },
    full: { mailbox_full: 9 },
    exceeded: { mailbox_full: 6 },
    refused: { mailbox_not_found: 3.2, policy_other: 2.6 },
    blocked: { mailbox_disabled: 4, policy_other: 4.8 },
    failed: { mailbox_not_found: 4, temporary_failure: 3 },
    tooMany: { rate_limited: 9.6 },
    unavailable: { mailbox_not_found: 5, temporary_failure: 2 },
    needed: { policy_other: 4 },
    later: { temporary_failure: 4 },
    unresolved: { mailbox_not_found: 7, temporary_failure: 3 },
    takesNoMail: { policy_other: 4.2, mailbox_disabled: 4.1 },
    temporary: { temporary_failure: 4 },
    forbidden: { policy_other: 4, mailbox_not_found: 1 },
    mayNot: { policy_other: 7 },
  },
  domain: {
    unavailable: { domain_not_hosted: 8 },
    unknown: { domain_not_hosted: 8.3, temporary_failure: 2.5 },
    mismatch: { sender_rejected: 9 },
    unresolved: { domain_not_hosted: 8.3, temporary_failure: 2.5 },
    takesNoMail: { domain_not_hosted: 9 },
    disabled: { domain_not_hosted: 8 },
    refused: { domain_not_hosted: 6 },
    failed: { domain_not_hosted: 3, temporary_failure: 3 },
    forbidden: { domain_not_hosted: 5, relay_denied: 4 },
  },
  sender: {
    full: { sender_rejected: 8.4 },
    down: { sender_rejected: 8.4, temporary_failure: 5 },
    unavailable: { sender_rejected: 5.5 },
    unresolved: { sender_rejected: 9 },
    takesNoMail: { sender_rejected: 8.4 },
    unknown: { sender_rejected: 8.6 },
    mismatch: { sender_rejected: 9 },
    temporary: { temporary_failure: 7 },
    refused: { sender_rejected: 8.5 },
    failed: { sender_rejected: 8.5 },
    needed: { sender_rejected: 8.4 },
    disabled: { sender_rejected: 8.4 },
    blocked: { sender_blocked: 8.2, sender_rejected: 7.8 },
    later: { sender_rejected: 4 },
    tooMany: { rate_limited: 9.3 },
    exceeded: { rate_limited: 7 },
    forbidden: { sender_rejected: 8.5 },
    mayNot: { sender_rejected: 9.1 },
  },
  identity: {
    disabled: { sender_rejected: 8.4 },
    down: { temporary_failure: 7, sender_rejected: 6.8 },
    unavailable: { temporary_failure: 6.7 },
    unresolved: { sender_rejected: 9.3 },
    temporary: { temporary_failure: 10 },
    unknown: { sender_rejected: 9.2 },
    mismatch: { sender_rejected: 9.2 },
    refused: { sender_rejected: 9.2 },
    failed: { sender_rejected: 9.2, temporary_failure: 6 },
    needed: { sender_rejected: 9.2 },
    blocked: { sender_rejected: 8.2 },
    forbidden: { sender_rejected: 9.2 },
  },
  client: {
    takesNoMail: { sender_rejected: 8 },
    full: { temporary_failure: 5 },
    unavailable: { sender_blocked: 5, temporary_failure: 4 },
    unresolved: { sender_rejected: 9.8 },
    temporary: { rate_limited: 6 },
    unknown: { sender_blocked: 6 },
    mismatch: { sender_rejected: 9.3 },
    blocked: { sender_blocked: 8.8 },
    refused: { sender_blocked: 8.5 },
    disabled: { sender_blocked: 7 },
    tooMany: { rate_limited: 9.4 },
    exceeded: { rate_limited: 8.2 },
    failed: { sender_blocked: 2, temporary_failure: 3 },
    forbidden: { sender_blocked: 8.5 },
    mayNot: { sender_blocked: 9.1 },
  },
  relay: {
    unavailable: { relay_denied: 6 },
    refused: { relay_denied: 9.5 },
    unknown: { relay_denied: 9 },
    disabled: { relay_denied: 9 },
    needed: { relay_denied: 9 },
    failed: { relay_denied: 9 },
    tooMany: { rate_limited: 8.5 },
    forbidden: { relay_denied: 9.5 },
  },
  login: {
    temporary: { temporary_failure: 8.6 },
    needed: { relay_denied: 8.7, sender_rejected: 7 },
    unknown: { policy_other: 6, sender_rejected: 6 },
    mismatch: { sender_rejected: 8.8 },
    failed: { policy_other: 6, sender_rejected: 8.4 },
    refused: { policy_other: 6, sender_rejected: 6 },
    forbidden: { policy_other: 6, sender_rejected: 6 },
  },
  list: {
    blocked: { sender_blocked: 11 },
    refused: { sender_blocked: 10 },
    temporary: { temporary_failure: 8 },
    later: { temporary_failure: 8 },
    failed: { temporary_failure: 10.5 },
  },
  reputation: {
    later: { sender_blocked: 8 },
    tooMany: { rate_limited: 9 },
  },
  message: {
    down: { policy_other: 8.6 },
    disabled: { policy_other: 6.5 },
    full: { mailbox_full: 9 },
    refused: { policy_other: 6.5 },
    blocked: { policy_other: 6.5 },
    exceeded: { policy_other: 8.6 },
    unknown: { policy_other: 6.5 },
    needed: { policy_other: 5 },
    tooMany: { rate_limited: 9 },
    forbidden: { policy_other: 6.5 },
  },
  content: {
    down: { policy_other: 8.6 },
    refused: { policy_other: 6.5 },
    blocked: { policy_other: 6.5 },
    exceeded: { policy_other: 8.6 },
    unknown: { policy_other: 6.5 },
    tooMany: { rate_limited: 9 },
    forbidden: { policy_other: 6.5 },
  },
  space: {
    exceeded: { mailbox_full: 8.3 },
    full: { mailbox_full: 8.3 },
    tooMany: { rate_limited: 8 },
  },
  system: {
    down: { temporary_failure: 8.5 },
    unavailable: { temporary_failure: 7 },
    takesNoMail: { domain_not_hosted: 7 },
    temporary: { temporary_failure: 7 },
    exceeded: { temporary_failure: 7 },
    full: { temporary_failure: 9.2 },
    failed: { temporary_failure: 7 },
    later: { temporary_failure: 7 },
    disabled: { temporary_failure: 6.5 },
    unknown: { temporary_failure: 3 },
    refused: { policy_other: 3, sender_blocked: 2.5, temporary_failure: 2.4, domain_not_hosted: 2 },
    tooMany: { rate_limited: 7 },
    forbidden: { policy_other: 3, sender_blocked: 2.5, temporary_failure: 2.4, domain_not_hosted: 2 },
  },
  command: {
    disabled: { policy_other: 7 },
    unknown: { policy_other: 7.4 },
    failed: { policy_other: 7 },
    refused: { policy_other: 7 },
    needed: { policy_other: 6 },
    forbidden: { policy_other: 7 },
  },
  policy: {
    refused: { policy_other: 6 },
    failed: { policy_other: 8 },
    blocked: { policy_other: 5 },
    forbidden: { policy_other: 6 },
  },
};

/** What counts already because it was named. */
export const MENTIONS: Readonly<Partial<Record<Subject | Predicate, Points>>> = {
  wish: { policy_other: 9 },
  grey: { greylisted: 12 },
  firstSeen: { greylisted: 9 },
  tooMany: { rate_limited: 9.4 },
  list: { sender_blocked: 8.5 },
  reputation: { sender_blocked: 7.6 },
  blocked: { sender_blocked: 4.5 },
  client: { sender_blocked: 1 },
  identity: { sender_rejected: 6.6 },
  sender: { sender_rejected: 3 },
  login: { policy_other: 3, sender_rejected: 2.9 },
  relay: { relay_denied: 8.55 },
  form: { mailbox_not_found: 8.6 },
  mayNot: { policy_other: 7 },
  command: { policy_other: 5 },
  policy: { policy_other: 4 },
  forbidden: { policy_other: 2.6 },
  refused: { policy_other: 2.6 },
  message: { policy_other: 2.4 },
  content: { policy_other: 5 },
  temporary: { temporary_failure: 3 },
  later: { temporary_failure: 3 },
  failed: { temporary_failure: 2 },
  unavailable: { temporary_failure: 2 },
  down: { temporary_failure: 6 },
  full: { mailbox_full: 4 },
  space: { mailbox_full: 2.4 },
};

const CONNECT: readonly ClassifierStage[] = ['connect', 'rset', 'quit'];
const GREETING: readonly ClassifierStage[] = ['helo', 'starttls'];
const RCPT: readonly ClassifierStage[] = ['rcpt', 'unknown'];

export const HINTS: readonly Hint[] = [
  // A 4yz is about time until something clearer was said (RFC 5321 4.2.1), and beside words of time no mailbox is dead.
  { code: /^4/, points: { temporary_failure: 1.5, mailbox_not_found: -1, domain_not_hosted: -6 } },
  { code: /^4/, beside: 'temporary', points: { mailbox_not_found: -6, mailbox_disabled: -6 } },
  { code: /^4/, beside: 'later', points: { mailbox_not_found: -6, mailbox_disabled: -6 } },
  { code: /^4/, beside: 'wait', points: { mailbox_not_found: -6, mailbox_disabled: -6 } },
  { code: /^4/, beside: 'failed', points: { mailbox_not_found: -6, mailbox_disabled: -6 } },
  { code: /^4/, beside: 'unavailable', points: { mailbox_not_found: -6, mailbox_disabled: -6 } },
  // A relay that fails is not one that is denied, nor policy that is broken one that refuses.
  { code: /^4/, beside: 'failed', points: { relay_denied: -7.5, policy_other: -3 } },
  { code: /^4/, enhanced: /^4\.[347]\.0$/, points: { temporary_failure: 1 } },
  { code: /^4/, beside: ['down', 'later'], points: { sender_rejected: -4 } },
  { code: /^4/, beside: ['down', 'failed'], points: { sender_rejected: -4, policy_other: -4 } },
  { code: /^4/, beside: ['failed', 'later'], points: { sender_rejected: -4 } },
  { code: /^4/, beside: ['temporary', 'failed'], points: { sender_rejected: -4 } },
  // "Unknown, disabled or full": whatever else is possible, there may be nobody.
  { code: /^[45]/, beside: ['unknown', 'either'], points: { mailbox_full: -4, mailbox_disabled: -4 } },
  // Greylisting that is not named: a wait that is told (RFC 6647 2.1).
  { code: /^45[01]$/, stages: ['mail', 'rcpt', 'unknown'], beside: 'wait', points: { greylisted: 6 } },
  { code: /^5/, beside: 'firstSeen', points: { greylisted: -9 } },
  // "Temporarily unavailable" is about time whatever the code.
  { code: /^5/, beside: ['temporary', 'unavailable'], points: { mailbox_not_found: -4 } },
  // "System config error: the MX points back to me": the error is the domain's.
  { code: /^5/, beside: ['takesNoMail', 'failed'], points: { temporary_failure: -4 } },
  // RFC 3463 3.2, 3.3: X.1 the address, X.2 the mailbox.
  { code: /^5/, enhanced: /^5\.1\.(?:[1346]|351)$/, points: { mailbox_not_found: 3 } },
  { code: /^5/, enhanced: /^5\.1\.0$/, points: { mailbox_not_found: 1.5, sender_rejected: 0.5 } },
  { code: /^5/, enhanced: /^5\.1\.(?:2|10)$/, points: { domain_not_hosted: 2.5 } },
  // RFC 7505: a null MX.
  { code: /^5/, enhanced: /^5\.1\.10$/, beside: 'takesNoMail', points: { domain_not_hosted: 6 } },
  { code: /^5/, enhanced: /^5\.4\.4$/, points: { domain_not_hosted: 2.5 } },
  { code: /^5/, enhanced: /^5\.2\.1$/, points: { mailbox_disabled: 3 } },
  { code: /^[45]/, enhanced: /^[45]\.2\.2$/, points: { mailbox_full: 3 } },
  // X.5.3 is too many recipients.
  { code: /^[45]/, enhanced: /^[45]\.5\.3$/, points: { mailbox_full: -6 } },
  // X.3.1 is the system that is full.
  { code: /^[45]/, enhanced: /^[45]\.3\.1$/, points: { mailbox_full: -6 } },
  // A quota that policy speaks of is not the mailbox's.
  { code: /^[45]/, enhanced: /^[45]\.7\./, beside: 'exceeded', points: { mailbox_full: -6, rate_limited: 3 } },
  // X.1.7 to X.1.9 and X.7.20 to X.7.27 (RFC 7372) can only be the sender.
  { code: /^[45]/, enhanced: /^[45]\.(?:1\.[789]|7\.2[0-7])$/, points: { sender_rejected: 8.5 } },
  // RFC 3463 3.4 to 3.8: X.3 the system, X.4 the network, X.5 the dialogue, X.6 the content, X.7 policy.
  { code: /^[45]/, enhanced: /^[45]\.[34]\.\d+$/, points: { temporary_failure: 1.5 } },
  { code: /^[45]/, enhanced: /^[45]\.5\.3$/, points: { rate_limited: 4 } },
  { code: /^5/, enhanced: /^5\.[56]\.\d$/, points: { policy_other: 1 } },
  { code: /^5/, enhanced: /^5\.7\.[01]$/, points: { policy_other: 1, sender_blocked: 0.5 } },
  // Exchange Online: who may write to a mailbox or group, banned addresses, limits.
  { code: /^5/, enhanced: /^5\.7\.1(?:2[0-9]|3[0-9])$/, points: { policy_other: 8 } },
  { code: /^5/, enhanced: /^5\.7\.(?:28|60[6-9]|6[1-4]\d|70[0-9]|750|511|513)$/, points: { sender_blocked: 4 } },
  { code: /^5/, enhanced: /^5\.7\.28$/, beside: 'tooMany', points: { sender_blocked: -3 } },
  { code: /^4/, enhanced: /^4\.7\.(?:28|65\d)$/, points: { rate_limited: 4 } },
  { code: /^4/, enhanced: /^4\.7\.[56]\d\d$/, points: { rate_limited: 8 } },
  // RFC 5321 4.2.2 and 4.2.3.
  { code: /^(?:50[0-4]|555)$/, points: { policy_other: 3 } },
  // Out of order: whatever it says of an account, it looked for none.
  { code: /^503$/, points: { policy_other: 3, mailbox_not_found: -3, mailbox_disabled: -3, mailbox_full: -3 } },
  { code: /^552$/, stages: ['rcpt'], points: { mailbox_full: 2.6 } },
  { code: /^552$/, stages: ['mail'], points: { policy_other: 6 } },
  // RFC 7504: a host or a domain without mail.
  { code: /^(?:521|556)$/, stages: RCPT, points: { domain_not_hosted: 3 } },
  { code: /^521$/, beside: 'forbidden', points: { domain_not_hosted: -3 } },
  { code: /^521$/, beside: 'refused', points: { domain_not_hosted: -3 } },
  // RFC 3207, RFC 4954: TLS or a login is wanted.
  { code: /^53[0458]$/, stages: ['helo', 'mail', 'starttls', 'unknown'], points: { sender_rejected: 2.5 } },
  { code: /^535$/, points: { mailbox_not_found: -3 } },
  // Who could be meant at a stage where nobody was named.
  { code: /^5/, stages: ['mail'], isWeak: true, points: { sender_rejected: 2.6 } },
  { code: /^5/, stages: GREETING, isWeak: true, points: { sender_rejected: 4 } },
  { code: /^5/, stages: CONNECT, beside: 'mayNot', points: { sender_blocked: 7.5 } },
  { code: /^5/, stages: CONNECT, isWeak: true, points: { sender_blocked: 4 } },
];

/** What is left to go by where the words said too little; the first that fits. Anything else stays unread. */
export const PRIORS: readonly {
  readonly code: RegExp;
  readonly enhanced?: RegExp;
  readonly meaning: ReplyMeaning;
  readonly said: string;
}[] = [
  { code: /^4/, meaning: 'temporary_failure', said: 'code' },
  // X.5 is about the dialogue, X.6 about content and X.7 about policy: a refusal of us, of whatever kind.
  { code: /^5/, enhanced: /^5\.[567]\./, meaning: 'policy_other', said: 'status' },
];
