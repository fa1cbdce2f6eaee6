// The truth of the suite: what must be answered for each address, and why, known from the servers' own configuration
// (conf/) and not from what any verifier says. An address whose mailbox nobody outside can know is `unknown` here, with its
// reason; nothing about us (blocked, rejected, limited) may ever come out as something about the mailbox.
import type { FlagName, Reason } from '@/lib/domain/verdict';

/** A mail host of the suite, by the loopback address its service listens on; null where no mail host is to be asked. */
export const MAIL_HOSTS = {
  'postfix/plain': '127.0.0.2',
  'exim/plain': '127.0.0.3',
  'postfix/tls': '127.0.0.4',
  'postfix/limit': '127.0.0.5',
  'postfix/refusing': '127.0.0.6',
  'exim/busy': '127.0.0.7',
  'exim/reputation': '127.0.0.8',
  nobody: '127.0.0.9',
  'postfix/anvil': '127.0.0.10',
  'postfix/old': '127.0.0.11',
  'postfix/helo': '127.0.0.12',
} as const;
export type MailHostName = keyof typeof MAIL_HOSTS;

export interface Truth {
  address: string;
  reason: Reason;
  why: string;
  host: MailHostName | null;
  /** Flags that must hold as well. */
  flags: Partial<Record<FlagName, boolean>>;
}

type Row = readonly [address: string, reason: Reason, why: string, flags?: Partial<Record<FlagName, boolean>>];

const at = (host: MailHostName | null, rows: readonly Row[]): Truth[] =>
  rows.map(([address, reason, why, flags]) => ({ address, reason, why, host, flags: flags ?? {} }));

const LONG_LOCAL = 'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd';

const POSTFIX = at('postfix/plain', [
  ['alice@alpha-mail.test', 'mailbox_exists', 'in the mailbox table', { accept_all: false, tagged: false, role: false }],
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
  ['alice@catchall-mail.test', 'accept_all', 'virtual alias @domain', { accept_all: true }],
  ['no-such-name-1@catchall-mail.test', 'accept_all', 'virtual alias @domain', { accept_all: true }],
  ['info@catchall-mail.test', 'accept_all', 'accept-all weighs more than a role', { accept_all: true, role: true }],
  ['anyone@mixed-catchall.test', 'accept_all', 'virtual alias @domain'],
  ['gone@mixed-catchall.test', 'mailbox_not_found', 'refused by name on a domain that takes every other'],
  ['someone@forward-mail.test', 'accept_all', 'relay domain without a recipient table'],
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

const POSTFIX_SERVICES = [
  ...at('postfix/tls', [
    ['alice@tls-mail.test', 'mailbox_exists', '530 5.7.0 Must issue a STARTTLS command first; self-signed certificate'],
    ['bob@tls-mail.test', 'mailbox_exists', 'behind STARTTLS'],
    ['nobody@tls-mail.test', 'mailbox_not_found', 'behind STARTTLS'],
  ]),
  ...at('postfix/limit', [
    ...(['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8'] as const).map((name): Row => [
      `${name}@limit-mail.test`,
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
  ...at('postfix/anvil', [
    ['alice@anvil-mail.test', 'rate_limited', 'one recipient a minute: the name and the made-up name cannot both be asked'],
  ]),
  ...at('postfix/old', [
    ['alice@old-mail.test', 'mailbox_exists', 'no PIPELINING, no STARTTLS, no enhanced codes announced'],
    ['nobody@old-mail.test', 'mailbox_not_found', 'no PIPELINING, no STARTTLS, no enhanced codes announced'],
  ]),
  ...at('postfix/helo', [
    ['alice@helo-mail.test', 'mailbox_exists', '500 to EHLO; HELO works'],
    ['nobody@helo-mail.test', 'mailbox_not_found', '500 to EHLO; HELO works'],
  ]),
];

const EXIM = at('exim/plain', [
  ['alice@bravo-mail.test', 'mailbox_exists', 'a router takes it', { accept_all: false }],
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
  ['alice@bravo-catchall.test', 'accept_all', 'a router takes every name'],
  ['anything-at-all@bravo-catchall.test', 'accept_all', 'a router takes every name'],
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
  ...(['b01', 'b02', 'b03', 'b04', 'b05', 'b06', 'b07', 'b08', 'b09', 'b10'] as const).map((name): Row => [
    `${name}@bravo-bulk.test`,
    'mailbox_exists',
    'ten recipients a message, then 452 too many recipients',
  ]),
  ['nobody1@bravo-bulk.test', 'mailbox_not_found', 'among names that are over the limit'],
  ['nobody2@bravo-bulk.test', 'mailbox_not_found', 'among names that are over the limit'],
  ['nobody3@bravo-bulk.test', 'mailbox_not_found', 'among names that are over the limit'],
]);

const EXIM_SERVICES = [
  ...at('exim/busy', [['alice@busy-mail.test', 'rate_limited', '421 Too many concurrent SMTP connections, and no other MX']]),
  ...at('exim/reputation', [
    ['alice@reputation-mail.test', 'probe_blocked', '554 5.7.1 poor reputation in the greeting: about us'],
    ['nobody@reputation-mail.test', 'probe_blocked', '554 5.7.1 poor reputation in the greeting: about us'],
  ]),
];

const NO_MAIL_HOST = [
  ...at('nobody', [['alice@all-dead.test', 'connect_failed', 'the only MX refuses the connection']]),
  ...at(null, [
    ['alice@nothing-here.test', 'domain_not_found', 'NXDOMAIN'],
    ['alice@sub.nothing-here.test', 'domain_not_found', 'NXDOMAIN of the parent'],
    ['alice@no-mx.test', 'no_mx', 'the name exists without MX or address'],
    ['alice@hollow.test', 'no_mx', 'an empty non-terminal: the name exists only by what lies below it'],
    ['alice@null-mx.test', 'null_mx', 'MX 0 . (RFC 7505)'],
    ['alice@mx-no-address.test', 'mx_unroutable', 'the MX has no address'],
    ['alice@mx-no-name.test', 'mx_unroutable', 'the MX does not exist'],
    ['alice@private-mx.test', 'mx_unroutable', 'the MX is in 10.0.0.0/8'],
    ['alice@metadata-mx.test', 'mx_unroutable', 'the MX is link-local, where clouds keep their metadata'],
    ['alice@mapped-mx.test', 'mx_unroutable', 'the MX is a private address mapped into IPv6'],
    ['alice@implicit-private.test', 'mx_unroutable', 'the implicit MX is in 192.168.0.0/16'],
    ['alice@servfail.test', 'dns_temporary_error', 'SERVFAIL says nothing about the name'],
    ['under_score@gmail.com', 'provider_syntax', 'Gmail has no underscores; nobody is asked'],
    ['no-at-sign.alpha-mail.test', 'syntax_invalid', 'no at sign'],
    ['two@@alpha-mail.test', 'syntax_invalid', 'an empty atom'],
    ['.alice@alpha-mail.test', 'syntax_invalid', 'a dot at the start'],
    ['alice..b@alpha-mail.test', 'syntax_invalid', 'two dots in a row'],
    ['al ice@alpha-mail.test', 'syntax_invalid', 'a space outside quotes'],
    ['alice@-alpha-mail.test', 'syntax_invalid', 'a label that starts with a hyphen'],
    [`${LONG_LOCAL}e@alpha-mail.test`, 'syntax_invalid', 'a local part of 65 octets'],
  ]),
];

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

/** Asked in one run without waiting. */
export const TRUTH: readonly Truth[] = [
  ...POSTFIX,
  ...POSTFIX_SERVICES,
  ...EXIM,
  ...EXIM_SERVICES,
  ...NO_MAIL_HOST,
  ...SHARED,
  ...GREYLISTED_NOW,
];

/** Asked in a run that may wait for greylisting to pass. */
export const TRUTH_AFTER_WAITING: readonly Truth[] = [
  ...at('postfix/plain', [
    ['alice@grey-wait.test', 'mailbox_exists', 'let in by postgrey after its delay'],
    ['nobody@grey-wait.test', 'mailbox_not_found', 'let in by postgrey after its delay, then refused by the table'],
    ['alice@grey-late-wait.test', 'mailbox_exists', 'let in by postgrey after its delay'],
    ['nobody@grey-late-wait.test', 'mailbox_not_found', 'the table is looked at before greylisting'],
  ]),
  ...at('exim/plain', [['alice@bravo-grey.test', 'greylisted', 'a greylist that never lets anybody in']]),
];

/** Asked through the web API with a worker. */
export const TRUTH_OF_THE_API: readonly Truth[] = [
  ...['alice', 'nobody', 'info'].map((name) => `${name}@alpha-mail.test`),
  'alice@bravo-mail.test',
  'nobody@bravo-mail.test',
  'alice@catchall-mail.test',
  'full@policy-mail.test',
  'alice@blocked-mail.test',
  'alice@null-mx.test',
].flatMap((address) => TRUTH.filter((truth) => truth.address === address));

/** Through the web API: pending at first, final once the worker has come back after the delay. */
export const TRUTH_OF_THE_API_AFTER_WAITING: readonly Truth[] = at('postfix/plain', [
  ['alice@grey-web.test', 'mailbox_exists', 'pending while greylisted, then let in'],
]);
