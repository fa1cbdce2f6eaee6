// The right answers for Exim, known from conf/exim/.
import { at, each, type Truth } from './row';

const EXIM = at('exim/plain', [
  ['alice@bravo-mail.test', 'mailbox_exists', 'a router takes it', { catch_all: false }],
  ['bob@bravo-mail.test', 'mailbox_exists', 'a router takes it'],
  ['Carol.Jones@Bravo-Mail.test', 'mailbox_exists', 'Exim folds case'],
  ['alice+tag@bravo-mail.test', 'mailbox_exists', 'local_part_suffix = +*', { tagged: true }],
  ['nobody+tag@bravo-mail.test', 'mailbox_not_found', 'the suffix hides no mailbox', { tagged: true }],
  ['"john doe"@bravo-mail.test', 'mailbox_exists', 'a quoted local part with a space'],
  ['sales@bravo-mail.test', 'role_account', 'exists, and answers to a role', { role: true }],
  ['support@bravo-mail.test', 'mailbox_not_found', 'a dead role name is dead, not risky', { role: true }],
  ['nobody@bravo-mail.test', 'mailbox_not_found', "550 Unrouteable address: Exim's words for an unknown local part"],
  ['грета@bravo-mail.test', 'mailbox_exists', 'a UTF-8 local part and a host that offers SMTPUTF8'],
  ['alice@bravo-words.test', 'mailbox_exists', 'a router takes it'],
  ['nobody@bravo-words.test', 'mailbox_not_found', '550 5.1.1 no such user'],
  ['alice@bravo-catchall.test', 'catch_all', 'a router takes every name'],
  ['anything-at-all@bravo-catchall.test', 'catch_all', 'a router takes every name'],
  ['alice@bravo-policy.test', 'mailbox_exists', 'a router takes it'],
  ['full@bravo-policy.test', 'mailbox_full', '552 5.2.2 Mailbox is full'],
  ['full-soft@bravo-policy.test', 'mailbox_full', '452 4.2.2 over quota'],
  ['disabled@bravo-policy.test', 'mailbox_disabled', '550 5.2.1 Mailbox disabled'],
  ['broken@bravo-policy.test', 'temporary_failure', '451 Temporary local problem: a router cannot read its table'],
  ['alice@bravo-blocked.test', 'probe_blocked', '550 in a black list: about us'],
  ['nobody@bravo-blocked.test', 'probe_blocked', 'the same refusal for a mailbox that does not exist'],
  ['alice@bravo-helo.test', 'probe_blocked', '550 5.7.1 Invalid HELO name: about us'],
  ['alice@bravo-vague.test', 'probe_blocked', '550 Administrative prohibition: a policy, no word of the mailbox'],
  ['nobody@bravo-vague.test', 'probe_blocked', '550 Administrative prohibition: a policy, no word of the mailbox'],
  ['alice@bravo-sender.test', 'probe_blocked', '550 Sender verify failed: about our envelope sender, and <> is refused too'],
  ['alice@bravo-relay.test', 'probe_blocked', '550 relay not permitted: the MX does not host the domain'],
  ...each('b01 b02 b03 b04 b05 b06 b07 b08 b09 b10', 'bravo-bulk.test', [
    'mailbox_exists',
    'ten recipients a message, then 452 too many recipients',
  ]),
  ['nobody1@bravo-bulk.test', 'mailbox_not_found', 'among names that are over the limit'],
  ['nobody2@bravo-bulk.test', 'mailbox_not_found', 'among names that are over the limit'],
  ['nobody3@bravo-bulk.test', 'mailbox_not_found', 'among names that are over the limit'],
  ['alice@bravo-defer.test', 'mailbox_exists', 'deferred are others'],
  [
    'lookup@bravo-defer.test',
    'temporary_failure',
    '451 Temporary local problem: the ACL cannot read its list, nobody was looked up',
  ],
  [
    'busy@bravo-defer.test',
    'temporary_failure',
    '450 4.2.1 the mailbox is busy: it may exist, or the words may be for everybody',
  ],
  ['load@bravo-defer.test', 'temporary_failure', '451 4.3.2 overloaded: no name was looked at'],
  [
    'plain@bravo-defer.test',
    'temporary_failure',
    "451 Temporary local problem - please try later: Exim's words for a defer without a reason",
  ],
]);

const EXIM_SERVICES = [
  ...at('exim/busy', [['alice@busy-mail.test', 'rate_limited', '421 Too many concurrent SMTP connections, and no other MX']]),
  ...at('exim/reputation', [
    ['alice@reputation-mail.test', 'probe_blocked', '554 5.7.1 poor reputation in the greeting: about us'],
    ['nobody@reputation-mail.test', 'probe_blocked', '554 5.7.1 poor reputation in the greeting: about us'],
  ]),
  ...at('exim/picky', [
    ['alice@bravo-picky.test', 'mailbox_exists', 'one sending address is refused on connect, the other gets the answer'],
    ['bob@bravo-picky.test', 'mailbox_exists', 'one sending address is refused on connect, the other gets the answer'],
    ['nobody@bravo-picky.test', 'mailbox_not_found', 'one sending address is refused on connect, the other gets the answer'],
  ]),
];

/** Exim's answers in one run that does not wait. */
export const EXIM_TRUTH: readonly Truth[] = [...EXIM, ...EXIM_SERVICES];
