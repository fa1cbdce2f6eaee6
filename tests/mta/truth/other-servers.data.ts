// The right answers for OpenSMTPD and Haraka, known from conf/opensmtpd/ and conf/haraka/.
import { at, each, type Truth } from './row';

export const OPENSMTPD_TRUTH: readonly Truth[] = at('opensmtpd', [
  ...each('alice bob carol.jones dora emil frida', 'delta-mail.test', [
    'mailbox_exists',
    'in the virtual table; five recipients a message, then 451 4.5.3',
  ]),
  ['info@delta-mail.test', 'role_account', 'exists, and answers to a role', { role: true }],
  ...each('nobody gone1 gone2', 'delta-mail.test', [
    'mailbox_not_found',
    "524 5.2.4 Mailing list expansion problem: OpenSMTPD's words for a name that its virtual table leads nowhere",
  ]),
  ['alice@delta-listed.test', 'mailbox_exists', 'on the list of recipients'],
  ['bob@delta-listed.test', 'mailbox_exists', 'on the list of recipients'],
  ['nobody@delta-listed.test', 'mailbox_not_found', '550 Invalid recipient: not on the list'],
  ['alice@delta-catchall.test', 'catch_all', 'a virtual table with nothing but @', { catch_all: true }],
  ['anybody@delta-catchall.test', 'catch_all', 'a virtual table with nothing but @', { catch_all: true }],
]);

export const HARAKA_TRUTH: readonly Truth[] = at('haraka', [
  ['alice@echo-mail.test', 'mailbox_exists', 'known to the plugin'],
  ['bob@echo-mail.test', 'mailbox_exists', 'known to the plugin'],
  ['Carol.Jones@echo-mail.test', 'mailbox_exists', 'the plugin folds case'],
  ['info@echo-mail.test', 'role_account', 'exists, and answers to a role', { role: true }],
  ['support@echo-mail.test', 'mailbox_not_found', 'a dead role name is dead, not risky', { role: true }],
  ...each('nobody gone1 gone2', 'echo-mail.test', ['mailbox_not_found', '550 5.1.1 No such user']),
  ['alice@echo-policy.test', 'mailbox_exists', 'known to the plugin'],
  ['full@echo-policy.test', 'mailbox_full', '450 4.2.2 Mailbox full: Haraka keeps it temporary'],
  ['disabled@echo-policy.test', 'mailbox_disabled', '550 5.2.1 Mailbox disabled'],
  ['policy@echo-policy.test', 'probe_blocked', '550 5.7.1 Delivery not authorized: a policy, no word of the mailbox'],
  ['later@echo-policy.test', 'temporary_failure', '450 4.3.2 System not accepting network messages: no name was looked at'],
  ['alice@echo-catchall.test', 'catch_all', 'every name is taken', { catch_all: true }],
  [
    'alice@echo-elsewhere.test',
    'mailbox_not_found',
    '550 I cannot deliver mail for …: the only mail host of the domain delivers nothing for it, whoever sends',
  ],
]);
