// The right answers for Postfix, known from conf/postfix/.
import { at, each, type Truth } from './row';

const LONG_LOCAL = 'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd';

const POSTFIX = at('postfix/plain', [
  ['alice@alpha-mail.test', 'mailbox_exists', 'in the mailbox table', { catch_all: false, tagged: false, role: false }],
  ['bob@alpha-mail.test', 'mailbox_exists', 'in the mailbox table'],
  ['carol.jones@alpha-mail.test', 'mailbox_exists', 'in the mailbox table'],
  ['caroljones@alpha-mail.test', 'mailbox_not_found', 'dots are not ignored by Postfix'],
  ['ALICE@ALPHA-MAIL.TEST', 'mailbox_exists', 'Postfix folds case'],
  ['alice+news@alpha-mail.test', 'mailbox_exists', 'recipient_delimiter = +', { tagged: true }],
  ['nobody+news@alpha-mail.test', 'mailbox_not_found', 'the tag hides no mailbox', { tagged: true }],
  ['x@alpha-mail.test', 'mailbox_exists', 'a local part of one letter'],
  ["o'brien@alpha-mail.test", 'mailbox_exists', 'an apostrophe is an atom character'],
  ['first_last-99@alpha-mail.test', 'mailbox_exists', 'in the mailbox table'],
  ['{braces}=~@alpha-mail.test', 'mailbox_exists', 'unusual atom characters'],
  [`${LONG_LOCAL}@alpha-mail.test`, 'mailbox_exists', 'a local part of exactly 64 octets'],
  ['"john doe"@alpha-mail.test', 'mailbox_exists', 'a quoted local part with a space'],
  ['"no body"@alpha-mail.test', 'mailbox_not_found', 'a quoted local part that is not in the table'],
  ['грета@alpha-mail.test', 'mailbox_exists', 'a UTF-8 local part and a host that offers SMTPUTF8'],
  ['никто@alpha-mail.test', 'mailbox_not_found', 'a UTF-8 local part that is not in the table'],
  ['team@alpha-mail.test', 'role_account', 'an alias, and a name of a group', { role: true }],
  ['info@alpha-mail.test', 'role_account', 'exists, and answers to a role', { role: true }],
  ['noreply@alpha-mail.test', 'role_account', 'exists, and nobody reads it', { role: true, no_reply: true }],
  ['abuse@alpha-mail.test', 'mailbox_not_found', 'a dead role name is dead, not risky', { role: true }],
  ['nobody@alpha-mail.test', 'mailbox_not_found', '550 5.1.1 User unknown in virtual mailbox table'],
  ['alice.x@alpha-mail.test', 'mailbox_not_found', 'not in the table'],
  ['alice@bücher-post.test', 'mailbox_exists', 'an internationalised domain', { idn: true }],
  ['alice@xn--bcher-post-9db.test', 'mailbox_exists', 'the same domain as A-label', { idn: true }],
  ['nobody@bücher-post.test', 'mailbox_not_found', 'not in the table', { idn: true }],
  ['alice@catchall-mail.test', 'catch_all', 'virtual alias @domain', { catch_all: true }],
  ['no-such-name-1@catchall-mail.test', 'catch_all', 'virtual alias @domain', { catch_all: true }],
  ['info@catchall-mail.test', 'catch_all', 'catch-all weighs more than a role', { catch_all: true, role: true }],
  ['anyone@mixed-catchall.test', 'catch_all', 'virtual alias @domain'],
  ['gone@mixed-catchall.test', 'mailbox_not_found', 'refused by name on a domain that takes every other'],
  ['anna@luser-mail.test', 'catch_all', 'luser_relay takes what belongs to nobody', { catch_all: true }],
  ['someone@forward-mail.test', 'catch_all', 'relay domain without a recipient table'],
  ['alice@policy-mail.test', 'mailbox_exists', 'in the mailbox table'],
  ['disabled@policy-mail.test', 'mailbox_disabled', '550 5.2.1 mailbox has been disabled', { mailbox_disabled: true }],
  [
    'suspended@policy-mail.test',
    'mailbox_disabled',
    '554 5.7.1 Account suspended: the text is about the mailbox, whatever the status',
  ],
  ['full@policy-mail.test', 'mailbox_full', '552 5.2.2 quota exceeded', { mailbox_full: true }],
  ['full-soft@policy-mail.test', 'mailbox_full', '452 4.2.2 over its storage quota', { mailbox_full: true }],
  ['later@policy-mail.test', 'temporary_failure', '450 4.2.1 mailbox temporarily unavailable'],
  ['broken@policy-mail.test', 'temporary_failure', '451 4.3.5 Server configuration error: the host cannot read its own table'],
  ['moved@policy-mail.test', 'mailbox_not_found', '5.1.6 User has moved to another address; nothing is forwarded'],
  ['left@policy-mail.test', 'mailbox_not_found', '550 5.7.1 User unknown: the text is clear, the status is not'],
  ['alice@blocked-mail.test', 'probe_blocked', '554 5.7.1 client host blocked using a DNSBL: about us'],
  ['nobody@blocked-mail.test', 'probe_blocked', 'the same refusal for a mailbox that does not exist'],
  ['alice@sender-mail.test', 'probe_blocked', '554 5.7.1 Sender address rejected, also for the null sender'],
  ['alice@spf-mail.test', 'probe_blocked', '550 5.7.23 SPF fail: about our envelope sender'],
  ['nobody@spf-mail.test', 'probe_blocked', 'the same refusal for a mailbox that does not exist'],
  [
    'alice@namely-late.test',
    'mailbox_exists',
    'as above: the made-up name is still asked as the other identity, within the pair of the day',
  ],
  ['nobody@namely-late.test', 'mailbox_not_found', 'the name of one identity is refused at RCPT, the other gets the answer'],
  ['alice@elsewhere-mail.test', 'probe_blocked', '554 5.7.1 Relay access denied: the MX does not host the domain'],
  ['alice@implicit-mx.test', 'mailbox_exists', 'no MX, an address record (RFC 5321 5.1)'],
  ['nobody@implicit-mx.test', 'mailbox_not_found', 'no MX, an address record (RFC 5321 5.1)'],
  ['alice@dead-first.test', 'mailbox_exists', 'the first MX is closed, the second answers'],
  ['nobody@dead-first.test', 'mailbox_not_found', 'the first MX is closed, the second answers'],
  ['alice@busy-first.test', 'mailbox_exists', 'the first MX greets with 421, the second answers'],
  ['nobody@busy-first.test', 'mailbox_not_found', 'the first MX greets with 421, the second answers'],
  ['alice@alias-domain.test', 'mailbox_exists', 'the mail domain is a CNAME'],
  ['alice@mx-cname.test', 'mailbox_exists', 'the MX names a CNAME, which senders follow'],
  ['alice@many-mx.test', 'mailbox_exists', 'an MX answer larger than 512 octets'],
  ['alice@mailinator.com', 'disposable', 'the mailbox exists, the domain is a throw-away provider', { disposable: true }],
  ['nobody@mailinator.com', 'mailbox_not_found', 'a dead mailbox is dead before it is disposable', { disposable: true }],
  ['alice@gmial.com', 'typo_domain', 'the mailbox exists on a known look-alike'],
]);

const SHARED = at('postfix/plain', [
  ['alice@shared-mx.test', 'mailbox_exists', 'Postfix and Exim at the same preference, both know it'],
  ['nobody@shared-mx.test', 'mailbox_not_found', 'Postfix and Exim at the same preference, neither knows it'],
]);

const GREYLISTED_NOW = at('postfix/plain', [
  ['alice@grey-now.test', 'greylisted', 'the first contact of a triplet'],
  ['nobody@grey-now.test', 'greylisted', 'greylisted before the table is looked at: not "not found"'],
  ['alice@grey-late-now.test', 'greylisted', 'a known mailbox, first contact'],
  ['nobody@grey-late-now.test', 'mailbox_not_found', 'the table is looked at before greylisting'],
]);

const POSTFIX_SERVICES = [
  ...at('postfix/tls', [
    ['alice@tls-mail.test', 'mailbox_exists', '530 5.7.0 Must issue a STARTTLS command first; self-signed certificate'],
    ['bob@tls-mail.test', 'mailbox_exists', 'behind STARTTLS'],
    ['nobody@tls-mail.test', 'mailbox_not_found', 'behind STARTTLS'],
    ...each('u1 u2 u3 u4 u5 u6', 'tls-mail.test', ['mailbox_exists', 'behind STARTTLS, one of many at once']),
    ...each('gone1 gone2 gone3', 'tls-mail.test', ['mailbox_not_found', 'behind STARTTLS, one of many at once']),
  ]),
  ...at('postfix/limit', [
    ...each('u1 u2 u3 u4 u5 u6 u7 u8', 'limit-mail.test', [
      'mailbox_exists',
      'three recipients a message, then 452 4.5.3: about the group, not the mailbox',
    ]),
    ['nobody1@limit-mail.test', 'mailbox_not_found', 'among names that are over the limit'],
    ['nobody2@limit-mail.test', 'mailbox_not_found', 'among names that are over the limit'],
  ]),
  ...at('postfix/refusing', [
    ['alice@refusing-mail.test', 'probe_blocked', '554 5.7.1 on connect: about us'],
    ['nobody@refusing-mail.test', 'probe_blocked', '554 5.7.1 on connect: about us'],
  ]),
  ...at('postfix/old', [
    ['alice@old-mail.test', 'mailbox_exists', 'no PIPELINING, no STARTTLS, no enhanced codes announced'],
    ['nobody@old-mail.test', 'mailbox_not_found', 'no PIPELINING, no STARTTLS, no enhanced codes announced'],
    [
      'грета@old-mail.test',
      'probe_blocked',
      'a UTF-8 local part and a host without SMTPUTF8: the name cannot be put to it (RFC 6531 3.2), so nobody can know',
    ],
  ]),
  ...at('postfix/helo', [
    ['alice@helo-mail.test', 'mailbox_exists', '500 to EHLO; HELO works'],
    ['nobody@helo-mail.test', 'mailbox_not_found', '500 to EHLO; HELO works'],
  ]),
  ...at('postfix/screen', [
    ['alice@screen-mail.test', 'mailbox_exists', 'postscreen greets after two seconds, in two lines, and hands on who waited'],
    ['nobody@screen-mail.test', 'mailbox_not_found', 'behind postscreen'],
  ]),
  ...at('postfix/tarpit', [
    ['alice@tarpit-mail.test', 'mailbox_exists', 'eight seconds before each recipient, and then the truth'],
    ['nobody@tarpit-mail.test', 'mailbox_not_found', 'eight seconds before each recipient, and then the truth'],
  ]),
  ...at('postfix/tired', [
    ...each('t1 t2 t3 t4', 'tired-mail.test', ['mailbox_exists', 'late after two refusals, 421 4.7.0 too many errors at five']),
    ...each('gone1 gone2 gone3 gone4 gone5 gone6 gone7 gone8', 'tired-mail.test', [
      'mailbox_not_found',
      'said to so many a session; who was not reached is asked in another',
    ]),
  ]),
  ...at('postfix/strict', [
    ['alice@strict-mail.test', 'mailbox_exists', 'the name in EHLO has an address in DNS'],
    ['nobody@strict-mail.test', 'mailbox_not_found', 'the name in EHLO has an address in DNS'],
  ]),
  ...at('postfix/picky', [
    ['alice@picky-mail.test', 'mailbox_exists', 'one sending address is on its list, the other gets the answer'],
    ['bob@picky-mail.test', 'mailbox_exists', 'one sending address is on its list, the other gets the answer'],
    ['nobody@picky-mail.test', 'mailbox_not_found', 'one sending address is on its list, the other gets the answer'],
  ]),
  ...at('postfix/namely', [
    [
      'alice@namely-mail.test',
      'mailbox_exists',
      '550 to EHLO with the name of one identity; its address literal or the other identity gets the answer',
    ],
    [
      'nobody@namely-mail.test',
      'mailbox_not_found',
      '550 to EHLO with the name of one identity; its address literal or the other identity gets the answer',
    ],
  ]),
  ...at('postfix/paced', [
    ...each('p1 p2 p3 p4 p5 p6', 'paced-mail.test', ['mailbox_exists', 'one connection a minute is enough for all']),
    ...each('gone1 gone2', 'paced-mail.test', ['mailbox_not_found', 'one connection a minute is enough for all']),
  ]),
  ...at('postfix/stranger', [
    [
      'alice@stranger-mail.test',
      'temporary_failure',
      'postscreen tells every stranger 450 4.3.2 and looks at no name; what is behind shows when the stranger comes again',
    ],
  ]),
];

/** Postfix's answers in one run that does not wait. */
export const POSTFIX_TRUTH: readonly Truth[] = [...POSTFIX, ...POSTFIX_SERVICES, ...SHARED, ...GREYLISTED_NOW];
