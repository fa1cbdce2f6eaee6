// What a reply means when its words name no one: half-words of the recipient, then the status of RFC 3463, then the code of
// RFC 5321 at its stage. Before RCPT a refusal can only be about us; a bare 550 or 554 at RCPT stays ambiguous.
import { rx } from './pattern';
import type { ClassifierStage, ReplyRule } from './rule';

const RCPT: readonly ClassifierStage[] = ['rcpt', 'unknown'];
const GREETING: readonly ClassifierStage[] = ['connect', 'helo', 'starttls', 'rset', 'quit'];
const ABOUT_US = rx(
  '\\bip\\b',
  '%i',
  'polic',
  'spam',
  'block',
  'client',
  'sender',
  'your ',
  'relay',
  'reputation',
  'http',
  'restrict',
  'not allowed',
  'not permitted',
  'permission',
  'access denied',
  'size',
  'content',
  'virus',
  'tls',
  'authent',
);

export const WEAK_RECIPIENT_RULES: readonly ReplyRule[] = [
  {
    id: 'weak.mailbox-unavailable',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: RCPT,
      code: /^55[0-4]$/,
      text: rx(
        '(?:mail-?box|user|account|recipient|address|inbox)(?: \\S+)? (?:is |are |was )?(?:currently )?(?:unav\\w*able|not available|unreachable|inaccessible)',
        'unavailable (?:mailbox|user|recipient)',
        'recipient unavailable',
        'mailbox name not allowed',
        'is not available',
      ),
      not: rx(
        '\\bip\\b',
        'polic',
        'spam',
        'block(?!ed mailbox)',
        'client',
        'sender',
        'your ',
        'reputation',
        'temporar',
        'try again',
        'busy',
        'locked',
      ),
    },
    specimen: { stage: 'rcpt', code: 550, text: 'Requested action not taken: mailbox unavailable' },
    source: 'RFC 5321 4.2.3 (550 at RCPT); Outlook.com; GMX c=r1601',
  },
  {
    id: 'weak.unavailable-or-denied',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: { stages: RCPT, code: /^550$/, text: rx('^mailbox unavailable or access denied') },
    specimen: { stage: 'rcpt', code: 550, text: 'Mailbox unavailable or access denied [abc= IP: 192.0.2.7]' },
    source: 'Tencent mail help',
  },
  {
    id: 'weak.verification-failed',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: RCPT,
      code: /^5/,
      text: rx(
        '(?:recipient|address|user|mailbox) (?:\\w+ ){0,4}?(?:verify|verification|validation|lookup|check|look-up) (?:\\w+ ){0,4}?(?:failed|failure|unsuccessful)',
      ),
      not: ABOUT_US,
    },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.1', text: 'recipient verify from ldap failed' },
    source: 'postfix smtpd_check.c; observed',
  },
  {
    id: 'weak.recipient-rejected',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: RCPT,
      code: /^5[45][0-4]$/,
      enhanced: /^(?!5\.[3-7]\.|4)|^5\.4\.[01]$|^5\.5\.0$/,
      text: rx(
        '(?:recipient|rcpt|address|user|mailbox|destination)(?: address| to)?(?:es)?(?:[^a-z]{0,4}%a)?[^a-z]{0,3}(?:is |was |been |has )*(?:reject\\w*|refus\\w*|not (?:be )?(?:accept\\w*|ok\\b|allowed|deliverable)|denied|un-?deliverable|failed)',
        "(?:reject\\w*|refus\\w*|undeliverable|bad|cannot deliver to|unable to deliver to|can't deliver to) (?:to |the |this )?(?:recipient|rcpt|address|user|mailbox|<?%a)",
        '<?%a>?[^a-z]{0,4}(?:is |was )?(?:rejected|not accepted|not ok)$',
        'unable to deliver to',
        '^un-?deliverable',
        'undeliverable address',
        'one or more recipients',
        'recipient (?:\\w+ )?(?:has been )?denied',
      ),
      not: ABOUT_US,
    },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.0', text: 'Address rejected.' },
    source: 'Cisco Secure Email (recipient access table); observed',
  },
  {
    id: 'weak.cannot-deliver',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: { stages: RCPT, code: /^5/, text: rx('^(?:unable to deliver to|cannot deliver to|no delivery to) <?%a>?\\.?$') },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.1', text: 'Unable to deliver to <info@example.com>' },
    source: 'observed',
  },
  {
    id: 'weak.forward-path',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: { stages: RCPT, code: /^551$/, text: rx('user not local', 'please try <?%a', 'not local', 'try forwarding') },
    specimen: { stage: 'rcpt', code: 551, text: 'Please try <info@example.net>' },
    source: 'RFC 5321 3.4 (551)',
  },
];

/** Words that name the recipient so clearly that a status about us beside them is a lie. */
const KNOWN_LIES = rx(
  '(?:user|recipient|mailbox|account) (?:\\S+ )?(?:unknown|not found|does not exist)',
  '(?:no such|unknown|invalid) (?:user|recipient|mailbox|account)',
  'over ?quota',
  'mailbox (?:is )?full',
);

/** Statuses that can only be about us; asked before the words of the recipient. */
export const SENDER_STATUS_RULES: readonly ReplyRule[] = [
  {
    id: 'status.sender',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { code: /^[45]/, enhanced: /^[45]\.(?:1\.[789]|7\.2[0-7])$/, not: KNOWN_LIES },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.25', text: 'Sorry' },
    source: 'RFC 3463 3.2 (X.1.7, X.1.8); RFC 7372; RFC 7505',
  },
  {
    id: 'status.banned',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { code: /^5/, not: KNOWN_LIES, enhanced: /^5\.7\.(?:28|60[6-9]|6[1-4]\d|70[0-9]|750|51[0-3])$/ },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.606', text: 'Sorry' },
    source: 'Exchange Online NDR list (5.7.606–649, 5.7.703)',
  },
];

export const STATUS_RULES: readonly ReplyRule[] = [
  {
    id: 'status.before-rcpt',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { stages: ['mail'], code: /^5/, enhanced: /^5\.(?:1\.\d|7\.(?:1|2[0-9]))$/ },
    specimen: { stage: 'mail', code: 553, enhanced: '5.1.0', text: 'Go and ask elsewhere' },
    source: 'RFC 3463 3.2 (X.1.7, X.1.8)',
  },
  {
    id: 'status.limit',
    meaning: 'rate_limited',
    subject: 'client',
    when: { code: /^[45]/, enhanced: /^(?:[45]\.5\.3|4\.7\.(?:28|65\d))$/ },
    specimen: { stage: 'rcpt', code: 452, enhanced: '4.5.3', text: 'Sorry' },
    source: 'RFC 3463 3.6 (X.5.3); Microsoft 4.7.65x',
  },
  {
    id: 'status.full',
    meaning: 'mailbox_full',
    subject: 'recipient',
    when: { stages: RCPT, code: /^[45]/, enhanced: /^[45]\.2\.2$/, not: ABOUT_US },
    specimen: { stage: 'rcpt', code: 452, enhanced: '4.2.2', text: 'Sorry' },
    source: 'RFC 3463 3.3 (X.2.2)',
  },
  {
    id: 'status.disabled',
    meaning: 'mailbox_disabled',
    subject: 'recipient',
    when: { stages: RCPT, code: /^5/, enhanced: /^5\.2\.1$/, not: ABOUT_US },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.2.1', text: 'Sorry' },
    source: 'RFC 3463 3.3 (X.2.1)',
  },
  {
    id: 'status.domain',
    meaning: 'domain_not_hosted',
    subject: 'recipient',
    when: { stages: RCPT, code: /^5/, enhanced: /^5\.(?:1\.(?:2|10)|4\.4)$/, not: ABOUT_US },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.2', text: 'Sorry' },
    source: 'RFC 3463 3.2 (X.1.2); RFC 7505 (X.1.10)',
  },
  {
    id: 'status.unknown',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: { stages: RCPT, code: /^5/, enhanced: /^5\.1\.[1346]$/, not: ABOUT_US },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.1.1', text: 'Sorry' },
    source: 'RFC 3463 3.2 (X.1.1, X.1.3, X.1.6)',
  },
  {
    id: 'status.policy',
    meaning: 'policy_other',
    subject: 'system',
    when: { stages: RCPT, code: /^5/, enhanced: /^5\.(?:5|6|7)\.\d+$/ },
    specimen: { stage: 'rcpt', code: 550, enhanced: '5.7.1', text: 'Sorry' },
    source: 'RFC 3463 3.6–3.8',
  },
];

export const CODE_RULES: readonly ReplyRule[] = [
  {
    id: 'code.encryption-needed',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { code: /^53[0458]$/ },
    specimen: { stage: 'mail', code: 530, text: 'Sorry' },
    source: 'RFC 3207 4; RFC 4954 6',
  },
  {
    id: 'code.greeting',
    meaning: 'sender_blocked',
    subject: 'client',
    when: { stages: GREETING, code: /^5(?:21|5\d)$/ },
    specimen: { stage: 'connect', code: 554, text: '' },
    source: 'RFC 5321 3.1 (554 instead of 220)',
  },
  {
    id: 'code.command',
    meaning: 'policy_other',
    subject: 'system',
    when: { code: /^(?:50[0-4]|555)$/, not: rx('recipient', 'user', 'mailbox', 'rcpt') },
    specimen: { stage: 'rcpt', code: 503, text: '' },
    source: 'RFC 5321 4.2.3',
  },
  {
    id: 'code.sender',
    meaning: 'sender_rejected',
    subject: 'sender',
    when: { stages: ['mail'], code: /^5(?:5[0134]|71)$/ },
    specimen: { stage: 'mail', code: 553, text: '' },
    source: 'RFC 5321 4.3.2 (MAIL: 550, 553)',
  },
  {
    id: 'code.size-at-mail',
    meaning: 'policy_other',
    subject: 'content',
    when: { stages: ['mail'], code: /^552$/ },
    specimen: { stage: 'mail', code: 552, text: '' },
    source: 'RFC 1870 6.1 (552 at MAIL)',
  },
  {
    id: 'code.storage-at-rcpt',
    meaning: 'mailbox_full',
    subject: 'recipient',
    when: {
      stages: ['rcpt'],
      code: /^552$/,
      enhanced: /^(?:5\.2\.[02])?$/,
      text: /^(?:requested (?:mail )?action aborted)?[.]?$/,
    },
    specimen: { stage: 'rcpt', code: 552, text: '' },
    source: 'RFC 5321 4.2.3 (552)',
  },
  {
    id: 'code.name-not-allowed',
    meaning: 'mailbox_not_found',
    subject: 'recipient',
    when: {
      stages: ['rcpt'],
      code: /^553$/,
      enhanced: /^(?:5\.1\.[0-3])?$/,
      text: /^(?:requested action not taken:? ?)?(?:mailbox name (?:not allowed|invalid))?[.]?$/,
    },
    specimen: { stage: 'rcpt', code: 553, text: '' },
    source: 'RFC 5321 4.2.3 (553)',
  },
  {
    id: 'code.no-mail-here',
    meaning: 'domain_not_hosted',
    subject: 'recipient',
    when: { stages: RCPT, code: /^(?:521|556)$/, not: ABOUT_US },
    specimen: { stage: 'rcpt', code: 556, text: '' },
    source: 'RFC 7504',
  },
  {
    id: 'code.temporary',
    meaning: 'temporary_failure',
    subject: 'system',
    when: { code: /^4/ },
    specimen: { stage: 'rcpt', code: 451, text: 'Requested action not taken' },
    source: 'RFC 5321 4.2.1 (4yz)',
  },
];
